// The endpoint under test, from the environment.
export const chatDeployment = process.env.CHAT_DEPLOYMENT;
export const embeddingDeployment = process.env.EMBEDDING_DEPLOYMENT;

export function client(AzureOpenAI, options = {}) {
  return new AzureOpenAI({
    endpoint: process.env.ENDPOINT,
    apiKey: process.env.API_KEY,
    apiVersion: '2025-04-01-preview',
    maxRetries: 0,
    ...options,
  });
}
