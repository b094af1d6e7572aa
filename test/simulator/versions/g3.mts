import type { CallState } from '../calls/call.mts';
import type { Settings } from '../settings.mts';
import { metadata, oneOf, phoneNumber, readBody, required, text } from './checks.mts';
import { Refusal, type ApiRequest, type ApiVersion, type PolyAi } from './apiVersion.mts';

const CALLS_PATH = '/v1/agents/{agentId}/telephony/outbound-calls';
const VARIANTS_PATH = '/v1/agents/{agentId}/branches/{branchId}/variants';
const MAIN_BRANCH = 'main';
const ENVIRONMENTS = ['sandbox', 'pre-release', 'live'];
const FIELDS = ['toNumber', 'environment', 'countryCode', 'variantId', 'encryption', 'metadata'];

/** The Agents API, recommended for new work since June 2026. */
export const g3: ApiVersion = {
	name: 'g3',
	keyHeader: 'x-api-key',
	secret: 'apiKey',
	errorShape: 'nested',
	operations: [
		{
			kind: 'trigger',
			method: 'POST',
			path: CALLS_PATH,
			answer(request, { calls, settings }) {
				checkAgent(request, settings);
				const body = readBody(request.body, FIELDS);
				const environment = oneOf(body, 'environment', ENVIRONMENTS);
				const order = {
					number: phoneNumber(body, 'toNumber', 'countryCode'),
					environment: required(environment, 'environment'),
					variantId: text(body, 'variantId'),
					encryption: oneOf(body, 'encryption', ['tls_srtp']),
					metadata: metadata(body),
				};
				if (!settings.environments.includes(order.environment)) {
					throw new Refusal(404, `No outbound connector for environment ${order.environment}`);
				}
				if (order.variantId !== undefined && !(order.variantId in settings.variants)) {
					throw new Refusal(404, `No outbound connector for variant ${order.variantId}`);
				}
				const { sid } = calls.place(order, 'g3');
				const status = wordFor('queued', settings);
				return { status: 200, body: { callSid: sid, status }, placed: sid };
			},
		},
		{
			kind: 'status',
			method: 'GET',
			path: `${CALLS_PATH}/{callSid}/status`,
			answer(request, polyAi) {
				checkAgent(request, polyAi.settings);
				const { sid, state } = findCall(request, polyAi);
				const status = wordFor(state.status, polyAi.settings);
				return { status: 200, body: { callSid: sid, status, reason: state.reason } };
			},
		},
		{
			kind: 'variants',
			method: 'GET',
			path: VARIANTS_PATH,
			answer(request, { settings }) {
				checkAgent(request, settings);
				if (request.params.branchId !== MAIN_BRANCH) {
					throw new Refusal(404, 'There is no such branch', 'branchId');
				}
				const variants = Object.entries(settings.variants).map(([id, name], index) => ({
					id,
					name,
					isDefault: index === 0,
					attributeValues: { values: {} },
				}));
				return { status: 200, body: { variants } };
			},
		},
	],
};

export function checkAgent({ params }: ApiRequest, { agentId }: Settings): void {
	if (params.agentId !== agentId) throw new Refusal(404, 'There is no such agent', 'agentId');
}

/** A call is only found in the environment that it was placed in. */
function findCall({ params, query }: ApiRequest, { calls, settings }: PolyAi) {
	const asked = { environment: query.get('environment') ?? undefined };
	const environment = required(oneOf(asked, 'environment', ENVIRONMENTS), 'environment');
	const call = calls.findRemembered(params.callSid ?? '');
	if (call?.version !== 'g3' || call.environment !== environment) {
		throw new Refusal(settings.unknownCall, 'No call with this SID in this environment', 'callSid');
	}
	return { sid: call.sid, state: calls.stateOf(call) };
}

function wordFor(status: CallState['status'], { words }: Settings): string {
	return (words[status] ?? status).toUpperCase();
}
