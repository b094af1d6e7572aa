import { SignIns } from '../../../nodes/shared/crashRecovery/signIns.ts';
import { openKeyStore } from '../../support/unit/keyStore.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

/** An execution whose signs are written as those of a run that has begun to call. */
function execution(store: ReturnType<typeof openKeyStore>['store'], id: string, start?: string) {
	return new SignIns({ store, executionId: id, start }, (sign) => void store.record([sign]));
}

test('a Retry knows the executions with its start that have signed in at a place, and leaves no trace', async () => {
	const { store, kept } = openKeyStore(new VirtualClock());
	execution(store, '1', 'rows of today').signIn('log A');
	execution(store, '2', 'rows of yesterday').signIn('log A');
	execution(store, '3', 'rows of today').signIn('log B');
	await store.record([]);
	const before = new Set(kept);
	const retry = execution(store, '4', 'rows of today');
	for (let times = 0; times < 2; times++) {
		expect(await retry.signedIn('log A', ['1', '2', '3', '4'])).toEqual(new Set(['1']));
	}
	expect(kept).toEqual(before);
});

test('who asks twice at once gets the same answer', async () => {
	const { store } = openKeyStore(new VirtualClock());
	const retry = execution(store, '4', 'rows of today');
	const answers = [1, 2].map(async () => await retry.signedIn('log A', ['1']));
	expect(await Promise.all(answers)).toEqual([new Set(), new Set()]);
});

test('if it is not known what executions started with, none is taken for another', async () => {
	const { store } = openKeyStore(new VirtualClock());
	execution(store, '1').signIn('log A');
	await store.record([]);
	expect(await execution(store, '2').signedIn('log A', ['1', '2'])).toEqual(new Set());
});
