// A Cosmos DB emulator that nobody here wrote. Prints where it is as a line of JSON; ends when nobody holds its input open.
import { createHttpServer } from "@vercel/cosmosdb-server";

const server = createHttpServer({ keepAlive: true });
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ endpoint: `http://127.0.0.1:${server.address().port}/` }));
});
process.stdin.on("end", () => process.exit()).resume();
