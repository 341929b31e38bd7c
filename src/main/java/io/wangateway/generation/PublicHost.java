package io.wangateway.generation;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells hosts that the whole internet can reach from those that only look at home.
 * Decided by the name alone: a DNS look-up would tell strangers what teams are working
 * on, and could answer otherwise a moment later.
 */
final class PublicHost {

	private static final int LONGEST_NAME = 253;

	private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

	private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

	private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");

	private static final List<String> HOME_DOMAINS = List.of("localhost", "localdomain", "local", "internal",
			"intranet", "lan", "home.arpa");

	/** Special-purpose blocks of IPv4 that are never a server of the internet. */
	private static final List<Block> RESERVED = List.of(Block.of("0.0.0.0", 8), Block.of("10.0.0.0", 8),
			Block.of("100.64.0.0", 10), Block.of("127.0.0.0", 8), Block.of("169.254.0.0", 16),
			Block.of("172.16.0.0", 12), Block.of("192.0.0.0", 24), Block.of("192.168.0.0", 16),
			Block.of("198.18.0.0", 15), Block.of("224.0.0.0", 3));

	private PublicHost() {
	}

	/**
	 * Return why a host is not a public one.
	 * @param host a name, an IPv4 address or an IPv6 address in brackets
	 * @return the rest of a sentence that begins with the host, nothing if it is public
	 */
	static Optional<String> objection(String host) {
		if (host.startsWith("[")) {
			return ipv6Objection(host.substring(1, host.length() - 1));
		}
		String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.+$", "");
		String[] labels = name.split("\\.", -1);
		if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
			return ipv4Objection(labels);
		}
		return nameObjection(name, labels);
	}

	private static Optional<String> nameObjection(String name, String[] labels) {
		for (String label : labels) {
			if (name.length() > LONGEST_NAME || !LABEL.matcher(label).matches()) {
				return Optional.of("is not a host name");
			}
		}
		boolean home = labels.length == 1
				|| HOME_DOMAINS.stream().anyMatch((domain) -> name.equals(domain) || name.endsWith("." + domain));
		return home ? Optional.of("is a name of a private network") : Optional.empty();
	}

	private static Optional<String> ipv4Objection(String[] labels) {
		int address = 0;
		for (String label : labels) {
			if (labels.length != 4 || !OCTET.matcher(label).matches() || Integer.parseInt(label) > 255) {
				return Optional.of("is not an IP address of four plain decimal numbers");
			}
			address = (address << 8) | Integer.parseInt(label);
		}
		return isReserved(address) ? Optional.of("is an address of a private network") : Optional.empty();
	}

	private static boolean isReserved(int address) {
		return RESERVED.stream().anyMatch((block) -> block.contains(address));
	}

	/** Only 2000::/3 is given out; of it 6to4 and Teredo carry an IPv4 address inside. */
	private static Optional<String> ipv6Objection(String literal) {
		if (!literal.contains(":") || literal.contains("%")) {
			return Optional.of("is not an IPv6 address");
		}
		try {
			byte[] address = InetAddress.ofLiteral(literal).getAddress();
			boolean global = address.length == 16 && (address[0] & 0xe0) == 0x20;
			int prefix = ((address[0] & 0xff) << 8) | (address[1] & 0xff);
			boolean teredo = prefix == 0x2001 && address[2] == 0 && address[3] == 0;
			return (global && prefix != 0x2002 && !teredo) ? Optional.empty()
					: Optional.of("is not an address of the public internet");
		}
		catch (IllegalArgumentException _) {
			return Optional.of("is not an IPv6 address");
		}
	}

	private record Block(int network, int bits) {

		static Block of(String network, int bits) {
			return new Block(ByteBuffer.wrap(InetAddress.ofLiteral(network).getAddress()).getInt(), bits);
		}

		boolean contains(int address) {
			return (address ^ this.network) >>> (Integer.SIZE - this.bits) == 0;
		}

	}

}
