import type { INodeProperties } from 'n8n-workflow';
import { badRequest } from '../../../shared/errors/badRequest';
import { fetchRecording } from '../../../shared/polyai/conversations/fetchConversation';
import { textOf } from '../../../shared/textOf';
import { callSidFields, readCallSid } from '../call/callFields';
import { OutputWithFile, type Operation } from '../../operation';
import { choiceOption } from '../../../n8n/option';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { optionsOf } from '../../run/session';
import { about, conversationsNotice, openAgentRun } from './agentSession';

const fileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	description: 'The name of the output binary field to put the file in',
};

const direction = choiceOption({
	displayName: 'Direction',
	name: 'direction',
	options: [
		{ name: 'Agent', value: 'agent', description: 'What the agent said' },
		{ name: 'Combined', value: 'combined', description: 'Both sides of the call' },
		{ name: 'User', value: 'user', description: 'What the person said' },
	],
	default: 'combined',
	description: 'Which side of the call to download. Default: Combined.',
});

export const getRecording: Operation = {
	resource: 'conversation',
	value: 'getRecording',
	name: 'Get Recording',
	action: 'Get conversation recording',
	description: 'Download the recording of a conversation as a WAV file',
	toolDescription:
		'Gets the recording of a phone call that was placed earlier and has ended, as a WAV file. It calls no one.',
	fields: [conversationsNotice, ...callSidFields, fileField],
	options: [direction, maxConcurrency, requestTimeout],
	async open(context) {
		return await openAgentRun(context, ({ sender, account }) => (item) => {
			const callSid = readCallSid(context, item);
			const side = direction.read(optionsOf(context, item));
			const field = textOf(context.getNodeParameter('binaryPropertyName', item, '')).trim();
			if (field === '') throw badRequest.noFileField();
			return async () => {
				const sound = await fetchRecording(sender, account, callSid, side).catch(about(callSid));
				const name = fileNameOf(callSid, side);
				const file = await context.helpers.prepareBinaryData(sound, name, 'audio/wav');
				return new OutputWithFile({ callSid, direction: side }, { [field]: file });
			};
		});
	},
};

/** The call SID, reduced to characters that every file system accepts. */
function fileNameOf(callSid: string, side: string): string {
	const name = callSid.replace(/[^\w.-]+/g, '_');
	return side === 'combined' ? `${name}.wav` : `${name}-${side}.wav`;
}
