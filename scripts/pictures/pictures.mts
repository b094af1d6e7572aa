/**
 * Pictures from the running editor.
 *
 *     npm run pictures                  those of the README, to `docs/`
 *     npm run pictures -- --panels      every panel, light and dark, to look at
 */
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { panels: { type: 'boolean', default: false } } });
await (values.panels ? import('./panels.mts') : import('./readme.mts'));
