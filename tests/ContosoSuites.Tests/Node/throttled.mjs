// A chat with an endpoint that throttles. MAX_RETRIES says how often the official client may come back by itself.
import { AzureOpenAI } from 'openai';
import { client, chatDeployment } from './client.mjs';

const azure = client(AzureOpenAI, { maxRetries: Number(process.env.MAX_RETRIES ?? '0') });
const begin = performance.now();
try {
  const chat = await azure.chat.completions.create({ model: chatDeployment, messages: [{ role: 'user', content: 'Hello' }] });
  console.log(JSON.stringify({ text: chat.choices[0].message.content, milliseconds: performance.now() - begin, error: null }));
} catch (error) {
  console.log(JSON.stringify({
    text: null,
    error: { type: error.constructor.name, status: error.status, retryAfter: error.headers.get('retry-after') },
  }));
}
