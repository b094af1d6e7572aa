import { Refusal } from '../versions/apiVersion.mts';

const SAMPLES_PER_SECOND = 8000;
const SECONDS = 0.25;

/** Each direction sounds different, so that a test can tell which one it got. */
const TONES: Record<string, number> = { combined: 440, user: 330, agent: 550 };

/** A short tone as a WAV file: mono, 8 kHz, 16 bit, as telephones sound. */
export function recordingOf(direction: string): Buffer {
	const tone = TONES[direction];
	if (!tone) throw new Refusal(400, 'direction must be combined, user or agent', 'direction');
	const samples = Buffer.alloc(SAMPLES_PER_SECOND * SECONDS * 2);
	for (let i = 0; i < samples.length / 2; i++) {
		const wave = Math.sin((2 * Math.PI * tone * i) / SAMPLES_PER_SECOND);
		samples.writeInt16LE(Math.round(wave * 8000), i * 2);
	}
	return Buffer.concat([wavHeader(samples.length), samples]);
}

function wavHeader(length: number): Buffer {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + length, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20); // PCM
	header.writeUInt16LE(1, 22); // one channel
	header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
	header.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(length, 40);
	return header;
}
