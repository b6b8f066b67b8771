// What the official client makes of the errors of an Azure OpenAI endpoint. Prints the error class, status and code of each.
import { AzureOpenAI } from 'openai';
import { client, chatDeployment } from './client.mjs';

const messages = [{ role: 'user', content: 'Hello' }];

async function errorOf(azure, request) {
  try {
    await azure.chat.completions.create({ model: chatDeployment, messages, ...request });
    return null;
  } catch (error) {
    return { type: error.constructor.name, status: error.status, code: error.code ?? null };
  }
}

console.log(JSON.stringify({
  wrongKey: await errorOf(client(AzureOpenAI, { apiKey: 'wrong' }), {}),
  unknownDeployment: await errorOf(client(AzureOpenAI), { model: 'no-such-deployment' }),
  noMessages: await errorOf(client(AzureOpenAI), { messages: [] }),
}));
