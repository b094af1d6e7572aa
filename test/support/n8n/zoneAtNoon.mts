const HOUR_MS = 60 * 60_000;

/** A time zone in which it is between twelve and one, so that neither midnight is near. */
export function zoneAtNoon(): string {
	const hoursEast = 12 - new Date().getUTCHours();
	// These names count the other way round.
	return `Etc/GMT${hoursEast > 0 ? '-' : '+'}${Math.abs(hoursEast)}`;
}

export function hoursAgo(hours: number): number {
	return Date.now() - hours * HOUR_MS;
}
