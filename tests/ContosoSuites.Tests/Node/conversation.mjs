// Holds a conversation with an Azure OpenAI endpoint the way an application would, through the official client:
// a chat, a streamed chat, a round trip with a function, embeddings as floats and as base64. Prints what came back.
import { AzureOpenAI } from 'openai';
import { client, chatDeployment, embeddingDeployment } from './client.mjs';

const azure = client(AzureOpenAI);

const chat = await azure.chat.completions.create({
  model: chatDeployment,
  messages: [{ role: 'user', content: 'Hello' }],
});

const stream = await azure.chat.completions.create({
  model: chatDeployment,
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
  stream_options: { include_usage: true },
});
const streamed = { text: '', chunks: 0, usage: null, finishReason: null };
for await (const chunk of stream) {
  streamed.chunks += 1;
  streamed.text += chunk.choices[0]?.delta?.content ?? '';
  streamed.finishReason = chunk.choices[0]?.finish_reason ?? streamed.finishReason;
  streamed.usage = chunk.usage ?? streamed.usage;
}

// The client's own runner calls the function and sends its result back.
let called = null;
const runner = azure.chat.completions.runTools({
  model: chatDeployment,
  messages: [{ role: 'user', content: 'Show the bookings of hotel 3' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_bookings',
        description: 'Gets the bookings of one hotel.',
        parameters: { type: 'object', properties: { hotelId: { type: 'integer' } }, required: ['hotelId'] },
        parse: JSON.parse,
        function: (args) => {
          called = args;
          return JSON.stringify([{ bookingID: 41, guests: 2 }]);
        },
      },
    },
  ],
});
const toolReply = await runner.finalContent();

// Without encoding_format the client asks for base64 and decodes it itself.
const input = ['A leak under the sink', 'The television is broken'];
const decoded = await azure.embeddings.create({ model: embeddingDeployment, input });
const floats = await azure.embeddings.create({ model: embeddingDeployment, input, encoding_format: 'float' });

console.log(JSON.stringify({
  chat: { model: chat.model, text: chat.choices[0].message.content, usage: chat.usage },
  streamed,
  tool: { called, reply: toolReply },
  embeddings: {
    lengths: decoded.data.map((item) => item.embedding.length),
    largestDifference: Math.max(...decoded.data.flatMap((item, i) => item.embedding.map((x, j) => Math.abs(x - floats.data[i].embedding[j])))),
    usage: floats.usage,
  },
}));
