// Sends the gateway's traces to an OpenTelemetry collector: node --import ./tracing.mjs …
// OTEL_EXPORTER_OTLP_ENDPOINT says where it is, OTEL_SERVICE_NAME how the gateway is called there.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();
