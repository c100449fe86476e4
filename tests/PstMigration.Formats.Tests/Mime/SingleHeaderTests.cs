using MimeKit;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>RFC 5322 3.6: what a message has at most one of is written once, whatever is stored.</summary>
public sealed class SingleHeaderTests
{
    [Theory]
    [InlineData("Date: Sun, 1 Mar 2026 18:30:00 +0900\r\nDate: Sun, 1 Mar 2026 09:30:00 +0000\r\n", "Sun, 1 Mar 2026 18:30:00 +0900", "")]
    [InlineData("Date: Sat, 28 Feb 2026 09:30:00 +0000\r\nDate: Sun, 1 Mar 2026 09:30:00 +0000\r\n", "Sun, 1 Mar 2026 09:30:00 +0000", "Date")]
    [InlineData("Date: soon\r\nDate: Mon, 2 Mar 2026 09:30:00 +0000\r\nDate: Tue, 3 Mar 2026 09:30:00 +0000\r\n", "Mon, 2 Mar 2026 09:30:00 +0000", "Date")]
    [InlineData("Date: Mon, 2 Mar 2026 09:30:00 +0000\r\n", "Mon, 2 Mar 2026 09:30:00 +0000", "")]
    public void Of_several_dates_that_of_the_item_stays(string stored, string written, string lost)
    {
        MimeMessage message = Write(stored, out IReadOnlyList<ItemLoss> losses);

        Assert.Equal(written, Assert.Single(message.Headers, h => h.Id == HeaderId.Date).Value);
        Assert.Equal(lost.Length == 0 ? [] : [new ItemLoss(LossKind.Field, lost)], losses);
    }

    [Fact]
    public void Lists_are_joined_and_of_others_the_first_stays()
    {
        MimeMessage message = Write(
            "To: =?utf-8?B?6Iqx5a2Q?= <hanako@example.jp>,\r\n bob@example.com\r\nto: carol@example.com\r\nTo: carol@example.com\r\n"
            + "Subject: one\r\nSubject: two\r\nMessage-ID: <1@x>\r\nMessage-Id: <1@x>\r\nReceived: a\r\nReceived: b\r\n",
            out IReadOnlyList<ItemLoss> losses);

        Assert.Equal(["hanako@example.jp", "bob@example.com", "carol@example.com"], message.To.Mailboxes.Select(m => m.Address));
        Assert.Equal("花子", message.To[0].Name);
        Assert.Equal("one", message.Subject);
        Assert.Single(message.Headers, h => h.Id == HeaderId.To);
        Assert.Single(message.Headers, h => h.Id == HeaderId.MessageId);
        Assert.Equal(["a", "b"], message.Headers.Where(h => h.Id == HeaderId.Received).Select(h => h.Value));
        Assert.Equal([new ItemLoss(LossKind.Field, "Subject")], losses);
    }

    private static MimeMessage Write(string stored, out IReadOnlyList<ItemLoss> losses)
    {
        MapiItem item = Mail.Item();
        item.Recipients.Clear();
        item.Properties.Set(PropertyTags.TransportMessageHeaders, "From: taro@example.jp\r\n" + stored);
        using MemoryStream stream = new();
        losses = MimeExport.Write(item, stream);
        return Mail.Parse(stream.ToArray());
    }
}
