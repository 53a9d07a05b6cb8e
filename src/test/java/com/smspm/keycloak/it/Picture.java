package com.smspm.keycloak.it;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes a screenshot small: 16 colours, those that it has most of. */
final class Picture {

  private static final int COLOURS = 16;
  private static final int BITS = 4;

  /** Colours that are nearer to each other than this, in squares of 0 to 255, share one. */
  private static final int ALIKE = 150;

  /** The same for dark colours: most of them are a background's shades. */
  private static final int ALIKE_IN_THE_DARK = 900;

  private static final int DARK = 0x50;

  private Picture() {}

  static byte[] small(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[] palette = palette(image);
    IndexColorModel colours = colours(palette);
    BufferedImage indexed =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_BINARY, colours);
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) & 0xFFFFFF;
        int index = nearest.computeIfAbsent(colour, it -> nearest(palette, it));
        indexed.getRaster().setSample(x, y, 0, index);
      }
    }
    return write(indexed);
  }

  private static int[] palette(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
      }
    }
    List<Integer> byCount = new ArrayList<>(counts.keySet());
    byCount.sort((a, b) -> counts.get(b) - counts.get(a));
    List<Integer> chosen = new ArrayList<>();
    for (int colour : byCount) {
      if (chosen.size() < COLOURS
          && chosen.stream().allMatch(other -> distance(other, colour) > alike(colour))) {
        chosen.add(colour);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int alike(int colour) {
    boolean dark =
        (colour >> 16 & 0xFF) < DARK && (colour >> 8 & 0xFF) < DARK && (colour & 0xFF) < DARK;
    return dark ? ALIKE_IN_THE_DARK : ALIKE;
  }

  private static IndexColorModel colours(int[] palette) {
    byte[][] parts = new byte[3][palette.length];
    for (int i = 0; i < palette.length; i++) {
      parts[0][i] = (byte) (palette[i] >> 16);
      parts[1][i] = (byte) (palette[i] >> 8);
      parts[2][i] = (byte) palette[i];
    }
    return new IndexColorModel(BITS, palette.length, parts[0], parts[1], parts[2]);
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], colour) < distance(palette[best], colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = (one >> 16 & 0xFF) - (other >> 16 & 0xFF);
    int green = (one >> 8 & 0xFF) - (other >> 8 & 0xFF);
    int blue = (one & 0xFF) - (other & 0xFF);
    return red * red + green * green + blue * blue;
  }

  private static byte[] write(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
