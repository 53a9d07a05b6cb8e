package com.smspm.keycloak.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One connection to the server, for one request after the other. A client of its own, since it
 * shares the processor with the server that is measured: an ordinary one takes as much of it as the
 * server does to answer, and then it is the client that is felt.
 */
final class Connection implements Closeable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MOST_READ = 1024 * 1024;

  private final Socket socket;
  private final InputStream in;

  /**
   * @param location empty when there is none
   * @param cookies as they were set, with their attributes
   * @param body each byte as one character: what is looked for in it is ASCII
   */
  record Answer(int status, String location, List<String> cookies, String body) {}

  Connection() throws IOException {
    socket = new Socket(BenchServer.HOST, BenchServer.PORT);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Answer get(String target, String cookies) throws IOException {
    return send(start("GET", target, cookies).append("\r\n").toString());
  }

  Answer post(String target, String cookies, String form) throws IOException {
    return send(
        start("POST", target, cookies)
            .append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
            .append(form.length())
            .append("\r\n\r\n")
            .append(form)
            .toString());
  }

  private static StringBuilder start(String method, String target, String cookies) {
    StringBuilder request =
        new StringBuilder(1024)
            .append(method)
            .append(' ')
            .append(target)
            .append(" HTTP/1.1\r\nHost: ")
            .append(BenchServer.AUTHORITY)
            .append("\r\n");
    return cookies.isEmpty() ? request : request.append("Cookie: ").append(cookies).append("\r\n");
  }

  private Answer send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int status = Integer.parseInt(line().split(" ")[1]);
    String location = "";
    List<String> cookies = new ArrayList<>();
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.equals("chunked");
        case "location" -> location = value;
        case "set-cookie" -> cookies.add(value);
        default -> {}
      }
    }
    return new Answer(status, location, cookies, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String text(int length) throws IOException {
    if (length > MOST_READ) {
      throw new IOException("an answer that is too long");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
