import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { loopbackAddresses } from "../../emulator/src/server/loopback.ts";
import { createAzureClients } from "../../provider/src/clients/connect.ts";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import { sample } from "../emulator/support/sample.ts";
import { createHastyClock, environmentOf, trusting } from "./emulatedClients.ts";

const registration = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};

if (loopbackAddresses().includes("::1")) {
  describe("createAzureClients, on an address with an IPv6 literal", () => {
    let emulator: Emulator;
    let proxy: Server;
    let asked: (string | undefined)[];

    beforeEach(async () => {
      emulator = await createEmulator();
      asked = [];
      proxy = createServer().on("connect", ({ url }, client) => {
        asked.push(url);
        const { hostname, port } = new URL(`http://${url}`);
        const server = connect(Number(port), hostname.replaceAll(/[[\]]/g, ""), () => {
          client.write("HTTP/1.1 200 Connection established\r\n\r\n");
          client.pipe(server).pipe(client);
        });
        server.on("error", () => client.destroy());
        client.on("error", () => server.destroy());
      });
      proxy.listen(0, "::1");
      await once(proxy, "listening");
    });

    afterEach(async () => {
      proxy.close();
      await emulator.close();
    });

    /** Reads a registration over `[::1]`, sign-in included. */
    async function read(httpClient: HttpClient, env: Readonly<Record<string, string>> = {}): Promise<string> {
      const literal = emulator.resourceManager.replace("127.0.0.1", "[::1]");
      const clients = createAzureClients(
        {
          ...environmentOf(emulator),
          AZURESTACK_CSP_RESOURCE_MANAGER: literal,
          AZURE_AUTHORITY_HOST: literal,
          ...env,
        },
        { httpClient: async () => httpClient, clock: createHastyClock() },
      );
      return (await clients.registrations.getRegistration(registration)).name;
    }
    const throughProxy = () => ({ HTTPS_PROXY: `http://[::1]:${(proxy.address() as AddressInfo).port}` });

    it("signs in and reads", async () => {
      assert.equal(await read(trusting(emulator)), sample.paris.name);
    });

    it("does not trust whom it would not trust by a name", async () => {
      await assert.rejects(read(createDefaultHttpClient()), (error) => hasCode(error, "CSP_CERTIFICATE_REFUSED"));
    });

    for (const spelling of ["::1", "[::1]", "0:0:0:0:0:0:0:1"]) {
      it(`goes past a proxy that NO_PROXY exempts it from as ${spelling}`, async () => {
        const env = { ...throughProxy(), NO_PROXY: `elsewhere.example, ${spelling}` };

        assert.equal(await read(trusting(emulator), env), sample.paris.name);

        assert.deepEqual(asked, []);
      });
    }
  });
}
