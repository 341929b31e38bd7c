// Generates a video with each model, and one that fails: node generate.mjs <origin> <key>. Prints what came of each as JSON.
import { createAlibaba } from '@ai-sdk/alibaba';
import { experimental_generateVideo as generateVideo } from 'ai';

const [origin, key] = process.argv.slice(2);
const alibaba = createAlibaba({ videoBaseURL: origin, apiKey: key });
const polling = { pollIntervalMs: 200, pollTimeoutMs: 30_000 };

// The SDK itself refuses to load anything from a loopback address.
async function download({ url }) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${response.status} for ${url}`);
  }
  return { data: new Uint8Array(await response.arrayBuffer()), mediaType: response.headers.get('content-type') };
}

async function generate(options) {
  try {
    const { video, providerMetadata } = await generateVideo({ maxRetries: 0, download, ...options });
    return { mediaType: video.mediaType, bytes: video.uint8Array.length, metadata: providerMetadata.alibaba };
  } catch (error) {
    return { error: error.name, message: error.message, status: error.statusCode };
  }
}

console.log(JSON.stringify({
  i2v: await generate({
    model: alibaba.video('wan2.6-i2v-flash'),
    prompt: { image: 'https://example.com/photo.png', text: 'A cat turns its head' },
    resolution: '1280x720',
    duration: 3,
    seed: 7,
    providerOptions: {
      alibaba: {
        ...polling,
        negativePrompt: 'blur',
        audioUrl: 'https://example.com/purr.mp3',
        promptExtend: true,
        shotType: 'multi',
        audio: false,
        watermark: true,
      },
    },
  }),
  r2v: await generate({
    model: alibaba.video('wan2.6-r2v-flash'),
    prompt: 'character1 waves at character2',
    resolution: '1280x720',
    duration: 5,
    providerOptions: {
      alibaba: { ...polling, referenceUrls: ['https://example.com/a.mp4', 'https://example.com/b.png'] },
    },
  }),
  failed: await generate({
    model: alibaba.video('wan2.6-i2v-flash'),
    prompt: { image: 'https://example.com/photo.png', text: '[[sim:fail=DataInspectionFailed]]' },
    providerOptions: { alibaba: polling },
  }),
  refused: await generate({
    model: alibaba.video('wan2.6-i2v-flash'),
    prompt: { image: 'https://example.com/photo.png', text: 'p' },
    duration: 60,
    providerOptions: { alibaba: polling },
  }),
}));
