using System.Text;
using MimeKit;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

public sealed class MimeTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one", "one")]
    [InlineData("one\r\ntwo\r\n", "one\r\ntwo\r\n")]
    [InlineData("one\ntwo\rthree\r\nfour\n", "one\r\ntwo\r\nthree\r\nfour\r\n")]
    [InlineData("\n\r\r\n\n", "\r\n\r\n\r\n\r\n")]
    [InlineData("ends in\r", "ends in\r\n")]
    public void Lines_end_in_crlf(string text, string expected)
    {
        Assert.Equal(expected, Encoding.ASCII.GetString(MimeText.Build("plain", text).Plain!));
    }

    [Fact]
    public void Ascii_in_short_lines_goes_as_it_is_and_all_else_in_base64()
    {
        string line = new('x', 898);

        Assert.NotNull(MimeText.Build("plain", line + "\n" + line).Plain);
        Assert.NotNull(MimeText.Build("plain", "a\n" + line + "x\nb").Encoded);
        Assert.NotNull(MimeText.Build("plain", "a\n" + line + "xx").Encoded);
        Assert.NotNull(MimeText.Build("plain", "a\0b").Encoded);
        Assert.NotNull(MimeText.Build("plain", "会議").Encoded);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("short\r\n")]
    [InlineData("会議\r\n")]
    [InlineData("会議")]
    public void What_is_written_is_read_again_and_ends_in_one_line_end(string text)
    {
        using MemoryStream stream = new();
        MimeText.Build("plain", text).WriteTo(stream, isLast: true, TestContext.Current.CancellationToken);

        string written = Encoding.ASCII.GetString(stream.ToArray());
        Assert.EndsWith("\r\n", written);
        Assert.False(written.EndsWith("\r\n\r\n", System.StringComparison.Ordinal));
        stream.Position = 0;
        using MimeMessage read = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        Assert.Equal(text.TrimEnd(), read.TextBody!.TrimEnd());
    }

    [Theory]
    [InlineData("", "ada@example.com", "ada@example.com")]
    [InlineData("Ada Lovelace-King", "ada.l@ex-ample.com", "Ada Lovelace-King <ada.l@ex-ample.com>")]
    [InlineData("Lovelace, Ada", "ada@example.com", "\"Lovelace, Ada\" <ada@example.com>")]
    [InlineData("Ada  L", "ada@example.com", "Ada  L <ada@example.com>")]
    [InlineData("J. Doe", "j..d@example.com", null)]
    [InlineData("会議", "ada@example.com", "=?utf-8?b?5Lya6K2w?= <ada@example.com>")]
    public void Plain_mailboxes_are_written_as_the_library_would(string name, string address, string? expected)
    {
        string? theirs = MailboxAddress.TryParse(address, out _) ? new MailboxAddress(Encoding.UTF8, name, address).ToString(MimeExport.Format(), encode: true) : null;

        Assert.Equal(theirs, Mailbox.Of(name, address)?.Text);
        Assert.Equal(expected, theirs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(57 * 512)]
    [InlineData((57 * 512) + 1)]
    [InlineData(100_000)]
    public void Base64_is_that_of_the_library(int length)
    {
        byte[] bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        using MemoryStream ours = new();
        using MemoryStream theirs = new();

        new Base64Content(BinarySource.FromBytes(bytes)).WriteTo(ours, TestContext.Current.CancellationToken);
        using MimePart part = new("application", "octet-stream")
        {
            Content = new MimeContent(new MemoryStream(bytes)),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        part.WriteTo(MimeExport.Format(), theirs, contentOnly: true, TestContext.Current.CancellationToken);

        Assert.Equal(theirs.ToArray(), ours.ToArray());
    }
}
