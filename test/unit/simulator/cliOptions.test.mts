import { optionsFrom } from '../../simulator/cliOptions.mts';

test('without options: port 4010, everything else as the simulator has it', () => {
	const options = { port: 4010, faults: [], profile: [] };
	expect(optionsFrom([])).toEqual({ help: false, options });
});

test('every option is understood, seconds as seconds', () => {
	const args = '--port 5000 --api-version g1,g2 --token T --queued 0.5 --calling 60 --latency 80';
	const faults = ['--fault', '429', '--fault=never', '--fault', '{"on":"status","answer":500}'];
	const profiles = ['--profile', 'gateway, late-metrics', '--profile=rate-limited'];
	const others = ['--outcome', 'busy', ...faults, ...profiles];
	expect(optionsFrom([...args.split(' '), ...others]).options).toEqual({
		port: 5000,
		versions: ['g1', 'g2'],
		token: 'T',
		queuedMs: 500,
		callingMs: 60_000,
		latencyMs: 80,
		outcome: 'busy',
		faults: [{ answer: 429 }, { answer: 'never' }, { on: 'status', answer: 500 }],
		profile: ['gateway', 'late-metrics', 'rate-limited'],
	});
});

test.each([['--help'], ['-h']])('%s asks for help', (arg) => {
	expect(optionsFrom([arg]).help).toBe(true);
});

test.each([
	[['--prot', '1'], "Unknown option '--prot'"],
	[['--port', '99999'], '--port must be a number from 0 (any free port) to 65535'],
	[['--port', 'a'], '--port must be a number'],
	[['--queued', 'long'], '--queued must be a number, not “long”'],
	[['--latency=-5'], '--latency must be a number'],
	[['--profile', 'gatway'], '--profile must be one of gateway, late-metrics, rate-limited'],
	[['--outcome', 'bussy'], 'outcome: one of success, voicemail'],
	[['--api-version', 'g9'], "received 'g9'"],
	[['--fault', 'nevre'], 'answer: a status from 200 to 599, or never, reset'],
	[['--fault', '{answer:429}'], '{answer:429} is not JSON; the shell may want quotes around it'],
	[['--fault', '{"anwser":429}'], "'anwser'"],
])('%j is refused in words', (args, why) => {
	expect(() => optionsFrom(args)).toThrow(why);
});
