package io.tickbridge.gateway.status;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection. Who asks on and does not take his answer is cut off, so that no answers pile up. */
final class StatusRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRequests.class);
    /** Nothing from elsewhere, nothing inline, shown in nobody's frame. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** A page of another site can send no such header without asking first, which nobody answers. */
    private static final String ASKED_BY_PAGE = "X-Tickbridge";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private final StatusContent content;
    private final OpenPages pages;
    private final Predicate<String> isOurHost;
    /** An answer is on its way, or this is a page, whose answer has no end. */
    private boolean isAnswering;

    StatusRequests(final StatusContent content, final OpenPages pages, final Predicate<String> isOurHost) {
        this.content = content;
        this.pages = pages;
        this.isOurHost = isOurHost;
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext context, final FullHttpRequest request) throws Exception {
        final String host = request.headers().get(HttpHeaderNames.HOST);
        final String path = request.uri().split("\\?", 2)[0];
        if (isAnswering || !context.channel().isActive()) {
            context.close();
            return;
        }
        isAnswering = true;
        if (!request.decoderResult().isSuccess()) {
            answer(context, request, HttpResponseStatus.BAD_REQUEST, TEXT, "not a request that is understood here\n");
        } else if (host != null && !isOurHost.test(host)) {
            answer(context, request, HttpResponseStatus.MISDIRECTED_REQUEST, TEXT, "status.listen is on loopback, so ask for "
                    + "localhost or 127.0.0.1\n");
        } else if (path.equals("/doctor") && request.method().equals(HttpMethod.POST)) {
            examine(context, request);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            answer(context, request, HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "GET\n");
        } else {
            show(context, request, path);
        }
    }

    private void examine(final ChannelHandlerContext context, final FullHttpRequest request) {
        if (request.headers().contains(ASKED_BY_PAGE)) {
            content.examine();
            answer(context, request, HttpResponseStatus.ACCEPTED, TEXT, "examining\n");
        } else {
            answer(context, request, HttpResponseStatus.FORBIDDEN, TEXT, "the header " + ASKED_BY_PAGE + " is missing\n");
        }
    }

    private void show(final ChannelHandlerContext context, final FullHttpRequest request, final String path) throws Exception {
        switch (path) {
            case "/" -> answer(context, request, HttpResponseStatus.OK, "text/html; charset=utf-8", content.file("status.html"));
            case "/status.css" -> answer(context, request, HttpResponseStatus.OK, "text/css; charset=utf-8", content.file("status.css"));
            case "/status.js" ->
                    answer(context, request, HttpResponseStatus.OK, "text/javascript; charset=utf-8", content.file("status.js"));
            case "/favicon.ico", "/icon.svg" -> answer(context, request, HttpResponseStatus.OK, "image/svg+xml", content.file("icon.svg"));
            case "/metrics" -> answer(context, request, HttpResponseStatus.OK, MetricText.CONTENT_TYPE, content.metrics());
            case "/figures" -> answer(context, request, HttpResponseStatus.OK, JSON, content.figures());
            case "/health", "/health/ready" -> health(context, request, content.health(), content.health().ready());
            case "/health/live" -> health(context, request, content.health(), content.health().live());
            case "/events" -> stream(context, request);
            default -> answer(context, request, HttpResponseStatus.NOT_FOUND, TEXT, "there are / /metrics /health /health/live /figures\n");
        }
    }

    private void health(final ChannelHandlerContext context, final FullHttpRequest request, final Health health, final boolean well) {
        answer(context, request, well ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, JSON,
                StatusPage.health(health) + "\n");
    }

    private void stream(final ChannelHandlerContext context, final FullHttpRequest request) {
        if (request.method().equals(HttpMethod.HEAD) || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            answer(context, request, HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "GET with HTTP/1.1\n");
            return;
        }
        if (!pages.hasRoom()) {
            answer(context, request, HttpResponseStatus.SERVICE_UNAVAILABLE, TEXT,
                    "as many pages are open as status.pages allows\n");
            return;
        }
        context.pipeline().remove(ReadTimeoutHandler.class); // such a page says nothing more
        final HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        common(response.headers()).set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        HttpUtil.setTransferEncodingChunked(response, true);
        context.write(response);
        context.write(new DefaultHttpContent(OpenPages.bytes("about", content.about())));
        context.write(new DefaultHttpContent(OpenPages.bytes("doctor", content.doctor())));
        context.writeAndFlush(new DefaultHttpContent(OpenPages.bytes("figures", content.figures())));
        pages.add(context.channel());
    }

    private void answer(final ChannelHandlerContext context, final FullHttpRequest request, final HttpResponseStatus status,
            final String type, final String text) {
        answer(context, request, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(final ChannelHandlerContext context, final FullHttpRequest request, final HttpResponseStatus status,
            final String type, final byte[] bytes) {
        final boolean bare = request.method().equals(HttpMethod.HEAD);
        final ByteBuf body = bare ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
        final FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        common(response.headers()).set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        final boolean keep = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        HttpUtil.setKeepAlive(response, keep);
        final var written = context.writeAndFlush(response);
        written.addListener(left -> isAnswering = false);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static HttpHeaders common(final HttpHeaders headers) {
        return headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Resource-Policy", "same-origin");
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        LOG.debug("status: a connection ends", cause);
        context.close();
    }
}
