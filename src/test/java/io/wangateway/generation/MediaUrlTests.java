package io.wangateway.generation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which URLs may be handed on, and that home addresses hide in no spelling. */
class MediaUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/a.png", "http://example.com", "HTTPS://EXAMPLE.COM./a.png?x=1#y",
			"https://example.com:8443/a%20b.png", "https://my_bucket.oss-cn-beijing.aliyuncs.com/图片.jpg",
			"https://xn--fsqu00a.xn--0zwm56d/a.png", "http://8.8.8.8/a.png", "http://172.15.0.1/a",
			"http://172.32.0.1/a", "http://100.63.255.255/a", "http://100.128.0.1/a", "http://169.253.1.1/a",
			"http://223.255.255.255/a", "http://[2606:4700::1111]/a.png", "https://localhost.example.com/a",
			"https://internal.example.com/a", "https://10.example.com/a", "https://a.notlocal/a",
			"https://1.2.3.4.example.com/a" })
	void publicUrlMayBeFetched(String url) {
		assertThat(MediaUrl.objection(url)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433",
			"017700000001", "127.0.0.1.", "127.000.000.001", "0", "0.0.0.0", "10.1.2.3", "010.1.2.3", "172.16.0.1",
			"172.31.255.255", "192.168.0.1", "192.168.257", "169.254.169.254", "0xa9fea9fe", "2852039166",
			"100.100.100.200", "100.64.0.1", "198.18.0.1", "192.0.0.192", "224.0.0.1", "255.255.255.255", "256.1.1.1",
			"1.2.3.4.5", "1.2.3.08", "0x", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
			"[::ffff:7f00:1]", "[::ffff:8.8.8.8]", "[::127.0.0.1]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]",
			"[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
			"[::1", "[127.0.0.1]", "[1::2::3]", "localhost", "LOCALHOST", "localhost.", "localhost..", "a.localhost",
			"localhost.localdomain", "metadata.google.internal", "internal", "db.internal.", "printer.local",
			"router.lan", "nas.home.arpa", "gateway", "metadata", "ip6-localhost", "-a.example.com", "a..example.com",
			".example.com" })
	void addressesAtHomeAreRefusedInEverySpelling(String host) {
		assertThat(MediaUrl.objection("http://" + host + "/a.png")).isPresent();
		assertThat(MediaUrl.objection("https://" + host + ":8443/a.png")).isPresent();
		assertThat(MediaUrl.objection("https://" + host)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1%2f@example.com/a", "http://example.com\\@127.0.0.1/a",
			"http://１２７.０.０.１/a", "http://127。0。0。1/a", "http://ⓛocalhost/a", "http://%31%32%37.0.0.1/a",
			"http://loc%61lhost/a", "http://localhost\t/a", "http:// localhost/a" })
	void disguisesAreRefused(String url) {
		assertThat(MediaUrl.objection(url)).isPresent();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					`` | must be an absolute URL that begins with http:// or https://
					photo.png | must be an absolute URL that begins with http:// or https://
					/photo.png | must be an absolute URL that begins with http:// or https://
					//example.com/photo.png | must be an absolute URL that begins with http:// or https://
					ftp://example.com/a | must be an absolute URL that begins with http:// or https://
					file:///etc/passwd | must be an absolute URL that begins with http:// or https://
					oss://bucket/a.png | must be an absolute URL that begins with http:// or https://
					javascript:alert(1) | must be an absolute URL that begins with http:// or https://
					http:example.com | must be an absolute URL with a host
					http:/example.com | must be an absolute URL with a host
					https:///a.png | must be an absolute URL with a host
					https:// | is not a valid URL (Expected authority at position 9)
					https://example.com/a b.png | is not a valid URL (Illegal character in path at position 22)
					https://u:p@example.com/a | must not carry a user name or password
					https://@example.com/a | must not carry a user name or password
					https://例子.测试/a.png | must have a host in plain ASCII; write other names as xn--…
					https://example.com:0/a | must have a port from 1 to 65535
					https://example.com:65536/a | must have a port from 1 to 65535
					https://127.0.0.1/a | must have a public host that Alibaba can reach (127.0.0.1 is an address of a private network)
					https://2130706433/a | must have a public host that Alibaba can reach (2130706433 is not an IP address of four plain decimal numbers)
					https://[::1]/a | must have a public host that Alibaba can reach ([::1] is not an address of the public internet)
					https://db.internal/a | must have a public host that Alibaba can reach (db.internal is a name of a private network)
					""")
	void objectionSaysWhatIsWrong(String url, String objection) {
		assertThat(MediaUrl.objection(url)).contains(objection);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:image/png;base64,iVBORw0KGgo=", "DATA:image/png,x", "iVBORw0KGgo" })
	void mediaThemselvesArePointedToTheUploads(String start) {
		assertThat(MediaUrl.objection(start + "AAAA".repeat(1000))).get()
			.asString()
			.contains("POST /v1/uploads/images");
	}

	@Test
	void urlHasAtMost2048Characters() {
		String url = "https://example.com/";
		assertThat(MediaUrl.objection(url + "a".repeat(2048 - url.length()))).isEmpty();
		assertThat(MediaUrl.objection(url + "a".repeat(2049 - url.length())))
			.contains("must have at most 2048 characters (has 2049)");
	}

}
