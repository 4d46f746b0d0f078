// What ../assets/graphiql/start.js needs, and nothing else: the bundler leaves the rest out.
export { GraphiQL } from "graphiql";
export { createClient } from "graphql-ws";
export { createElement } from "react";
export { createRoot } from "react-dom/client";
