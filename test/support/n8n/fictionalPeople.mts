/** Numbers reserved for fiction, all around the world. */
const PEOPLE = [
	{ number: '+442079460101', zone: 'Europe/London' },
	{ number: '+12125550101', zone: 'America/New_York' },
	{ number: '+18085550101', zone: 'Pacific/Honolulu' },
	{ number: '+61255501234', zone: 'Australia/Sydney' },
	{ number: '+61855501234', zone: 'Australia/Perth' },
];

/**
 * The number of someone whose local time is currently between these times of day (HH:mm). With
 * eleven hours or more in between, there is always someone.
 */
export function somebodyBetween(from: string, to: string): string {
	const found = PEOPLE.find(({ zone }) => {
		const time = new Date().toLocaleTimeString('en-GB', { timeZone: zone });
		return from < to ? time >= from && time < to : time >= from || time < to;
	});
	if (!found) throw new Error(`There is nobody for whom it is between ${from} and ${to}`);
	return found.number;
}
