// Pulumi's program host switches this V8 flag on while it loads, and V8 refuses compiled code that was cached under other
// flags. Loaded first in every process of the tests, it lets them all use one cache; Pulumi's provider host gains the most.
require("node:v8").setFlagsFromString("--allow-natives-syntax");
