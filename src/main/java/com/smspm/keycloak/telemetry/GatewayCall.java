package com.smspm.keycloak.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.tracing.TracingProviderUtil;

/**
 * Watches the calls through one channel to a gateway: times each, and where Keycloak's tracing is
 * on puts a span around it. The span belongs to the trace of the request that asked for the
 * message, although that has been answered by then.
 */
public final class GatewayCall {

  private static final String TRACER = "com.smspm.keycloak";
  private static final String SPAN = "smspm.gateway.send";
  private static final String THREW = "threw";

  private final String gateway;
  private final Tracer tracer;
  private final Context request;

  private GatewayCall(String gateway, Tracer tracer, Context request) {
    this.gateway = gateway;
    this.tracer = tracer;
    this.request = request;
  }

  /**
   * Keeps nothing of the session; to be called within the request.
   *
   * @param gateway the provider's id
   */
  public static GatewayCall through(String gateway, KeycloakSession session) {
    Tracer tracer = TracingProviderUtil.getTracingProvider(session).getTracer(TRACER);
    return new GatewayCall(gateway, tracer, Context.current());
  }

  /**
   * Makes a call, on whatever thread.
   *
   * @param outcome names a result, from a closed set
   */
  public <T> T observe(Supplier<T> call, Function<T, String> outcome) {
    Span span =
        tracer
            .spanBuilder(SPAN)
            .setParent(request)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("smspm.gateway", gateway)
            .startSpan();
    long start = System.nanoTime();
    // An exception is not recorded: its message may hold anything
    String ended = THREW;
    try {
      T result = request.with(span).wrapSupplier(call).get();
      ended = outcome.apply(result);
      return result;
    } finally {
      Meters.call(gateway, ended, Duration.ofNanos(System.nanoTime() - start));
      span.setAttribute("smspm.outcome", ended);
      span.setStatus(ended.equals(THREW) ? StatusCode.ERROR : StatusCode.UNSET);
      span.end();
    }
  }
}
