import { HAS } from '../../support/e2e/capabilities.mts';

test('the newest n8n has everything: no end-to-end test is skipped there for what an n8n lacks', () => {
	expect(Object.entries(HAS).filter(([, has]) => !has)).toEqual([]);
});
