import './n8nEnvironment.mts';

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { createAdditionalData } from './additionalData.mts';
import { polyAi } from './polyAi.mts';

const GOOD = { status: 'OK', message: 'Connection successful' };
const CHECK_ADDRESS =
	'The address answers, but not as PolyAI does. Check the region or the base URL, and whether outbound calling is set up for your project.';

/** What n8n does when somebody saves the credential. */
async function test_(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const { methods, description } = new PolyAiOutbound();
	const name = description.credentials?.[0]?.testedBy as keyof typeof methods.credentialTest;
	const workflow = {} as Parameters<typeof createAdditionalData>[1];
	const additionalData = await createAdditionalData({}, workflow, 'internal', '1');
	const context = new CredentialTestContext(additionalData);
	const credential = { id: '1', name: 'My PolyAI', type: 'polyAiApi', data };
	return await methods.credentialTest[name].call(context, credential);
}
