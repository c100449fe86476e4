using System.Diagnostics;
using System.Text;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Hostile;

/// <summary>Mail that is far larger in one respect than any is costs no more than its size; issue-sized ones are measured by bench/hostile.ps1.</summary>
public sealed class HostileMailTests
{
    private const int Megabyte = 1_000_000;

    [Theory]
    [InlineData("recipients", 2_000)]
    [InlineData("references", 5_000)]
    [InlineData("words", 5_000)]
    [InlineData("word-names", 2_000)]
    [InlineData("keywords", 5_000)]
    [InlineData("parameters", 2_500)]
    [InlineData("comments", 50_000)]
    [InlineData("header", 250_000)]
    [InlineData("headers", 250_000)]
    [InlineData("parts", 250)]
    [InlineData("part-header", 250_000)]
    [InlineData("part-line", 250_000)]
    [InlineData("attached-header", 250_000)]
    [InlineData("headless-header", 250_000)]
    [InlineData("lost-parts", 2_000)]
    public void Time_grows_with_the_size(string kind, int size) => GrowsWithSize(kind, size, mail => ItemDigester.Content(MimeImport.Read(mail)));

    [Theory]
    [InlineData("subject", 250_000)]
    [InlineData("header", 250_000)]
    [InlineData("headers", 250_000)]
    [InlineData("recipients", 2_000)]
    [InlineData("references", 5_000)]
    [InlineData("words", 5_000)]
    public void Time_of_writing_stored_headers_again_grows_with_the_size(string kind, int size) => GrowsWithSize(kind, size, mail =>
    {
        MapiItem item = new();
        item.Properties.Set(PropertyTags.TransportMessageHeaders, Encoding.ASCII.GetString(mail));
        using CountingStream written = new();
        MimeExport.Write(item, written);
        Assert.True(written.Length > mail.Length / 2);
    });

    [Fact]
    public void Long_stored_headers_are_written_again_whole()
    {
        MapiItem item = new();
        item.Properties.Set(PropertyTags.TransportMessageHeaders, Encoding.ASCII.GetString(HostileMail.Make("words", 20_000)));
        using MemoryStream written = new();

        Assert.DoesNotContain(MimeExport.Write(item, written), l => l.Kind == LossKind.TooLarge);

        Assert.Equal(20_000 * 3, MimeImport.Read(written.ToArray()).Subject.Length);
    }

    [Theory]
    [InlineData("subject", 250_000)]
    [InlineData("header", 250_000)]
    [InlineData("headers", 250_000)]
    public void Time_of_listing_an_mbox_grows_with_the_size(string kind, int size)
    {
        using Folder folder = new();
        GrowsWithSize(kind, size, mail =>
        {
            File.WriteAllBytes(folder.At("mbox"), [.. Encoding.ASCII.GetBytes("From a@example.com Mon Nov 30 08:00:00 2026\n"), .. mail]);
            Assert.False(Assert.Single(MboxReader.Read(folder.At("mbox"))).Head.IsInternal);
        });
    }

    [Fact]
    public void What_programs_note_behind_a_long_subject_counts()
    {
        using Folder folder = new();
        string mail = Encoding.ASCII.GetString(HostileMail.Make("subject", Megabyte)).Replace("\r\n\r\nThe text", "\r\nStatus: RO\r\nX-Status: F\r\n\r\nThe text");
        File.WriteAllText(folder.At("mbox"), "From a@example.com Mon Nov 30 08:00:00 2026\n" + mail);

        MailState state = Assert.Single(MboxReader.Read(folder.At("mbox"))).Head.StateOr(default);

        Assert.True(state is { IsRead: true, IsFlagged: true });
    }

    private static void GrowsWithSize(string kind, int size, Action<byte[]> read)
    {
        Measure(kind, size / 4, read);
        TimeSpan small = Measure(kind, size, read);
        TimeSpan large = Measure(kind, size * 8, read);

        // Eight times as much; what grows with the square takes 64 times as long.
        Assert.True(large < TimeSpan.FromTicks(small.Ticks * 24) + TimeSpan.FromMilliseconds(300), $"{kind}: {small.TotalMilliseconds:F0} ms, {large.TotalMilliseconds:F0} ms");
    }

    [Theory]
    [InlineData("recipients", 16_000, 16_001, false)]
    [InlineData("word-names", 16_000, 16_001, false)]
    [InlineData("recipients", 21_000, 20_001, true)]
    public void Long_lines_of_addresses_are_read_and_what_is_left_of_them_told(string kind, int size, int recipients, bool isCut)
    {
        MapiItem item = MimeImport.Read(HostileMail.Make(kind, size));

        Assert.Equal(recipients, item.Recipients.Count);
        Assert.Equal(isCut, item.Losses.Contains(new ItemLoss(LossKind.TooLarge, "Cc")));
    }

    [Fact]
    public void Long_headers_are_read_whole()
    {
        Assert.Equal(20_000 * 3, MimeImport.Read(HostileMail.Make("words", 20_000)).Subject.Length);
        Assert.EndsWith("<m19999@example.com>", MimeImport.Read(HostileMail.Make("references", 20_000)).Properties.GetString(PropertyTags.InternetReferences), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_beyond_the_limit_are_a_loss_and_the_text_is_there()
    {
        MapiItem item = MimeImport.Read(HostileMail.Make("headers", HeaderLimit.MostBytes + Megabyte));

        Assert.Contains(new ItemLoss(LossKind.TooLarge, "Headers"), item.Losses);
        Assert.Equal("The text.\r\n", item.Properties.GetString(PropertyTags.Body));
        Assert.Equal("b@example.com", Assert.Single(item.Recipients).SmtpAddress);
    }

    [Fact]
    public void Parts_beyond_the_limit_stay_together_as_they_came()
    {
        const int Parts = 12_000;
        StringBuilder mail = new("From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe text.\r\n");
        for (int i = 1; i < Parts; i++)
        {
            mail.Append("--b\r\nContent-Disposition: attachment; filename=a").Append(i).Append(".txt\r\n\r\nContent ").Append(i).Append("\r\n");
        }

        MapiItem item = MimeImport.Read(Encoding.ASCII.GetBytes(mail.Append("--b--\r\n").ToString()));

        Assert.Equal("The text.", item.Properties.GetString(PropertyTags.Body)!.TrimEnd());
        Assert.Contains(new ItemLoss(LossKind.TooLarge, "Parts"), item.Losses);
        int told = item.Attachments.Count - 1;
        Assert.InRange(told, 9_000, 10_100);
        Assert.Equal($"Content {told}", Encoding.ASCII.GetString(item.Attachments[told - 1].Content!.ToArray()).TrimEnd());
        string rest = Encoding.ASCII.GetString(item.Attachments[told].Content!.ToArray());
        Assert.StartsWith($"--b\r\nContent-Disposition: attachment; filename=a{told + 1}.txt", rest.TrimStart(), StringComparison.Ordinal);
        Assert.EndsWith($"Content {Parts - 1}\r\n--b--\r\n", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(4_000)]
    [InlineData(20_000)]
    public void Parts_a_parser_passes_over_are_not_lost(int count)
    {
        MapiItem item = MimeImport.Read(HostileMail.Make("lost-parts", count));

        string all = item.Properties.GetString(PropertyTags.Body) + string.Concat(item.Attachments.Select(a => Encoding.ASCII.GetString(a.Content!.ToArray())));
        Assert.All(Enumerable.Range(0, count).Where(i => count < 1_000 || i % 97 == 0), i => Assert.Contains($"line {i} of text", all, StringComparison.Ordinal));
    }

    [Fact]
    public void Headers_of_a_part_beyond_the_limit_are_a_loss_and_all_else_is_there()
    {
        string headers = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"X-Filler-{i}: the quick brown fox\r\n"));
        string mail = "From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe text.\r\n"
            + "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n" + headers + "\r\nContent a\r\n--b\r\nContent-Disposition: attachment; filename=b.txt\r\n\r\nContent b\r\n--b--\r\n";

        MapiItem item = MimeImport.Read(Encoding.ASCII.GetBytes(mail));

        Assert.Contains(new ItemLoss(LossKind.TooLarge, "Headers"), item.Losses);
        Assert.Equal(["a.txt", "b.txt"], item.Attachments.Select(a => a.Name));
        Assert.Equal("Content a", Encoding.ASCII.GetString(item.Attachments[0].Content!.ToArray()).TrimEnd());
        Assert.Equal("Content b", Encoding.ASCII.GetString(item.Attachments[1].Content!.ToArray()).TrimEnd());
        Assert.Equal("The text.", item.Properties.GetString(PropertyTags.Body)!.TrimEnd());
    }

    [Theory]
    [InlineData("part-header")]
    [InlineData("part-line")]
    [InlineData("attached-header")]
    [InlineData("headless-header")]
    public void Long_headers_inside_of_a_message_are_a_loss_and_all_else_is_there(string kind)
    {
        MapiItem item = MimeImport.Read(HostileMail.Make(kind, Megabyte));

        bool isAttached = kind == "attached-header";
        Assert.Contains(new ItemLoss(LossKind.TooLarge, "Headers"), item.Losses);
        Assert.Equal(isAttached ? 2 : 1, item.Attachments.Count);
        Assert.Equal("X-Long: none", Encoding.ASCII.GetString(item.Attachments[item.Attachments.Count - 1].Content!.ToArray()));
        MapiItem inner = isAttached ? item.Attachments[0].OpenEmbedded() : item;
        Assert.Equal("The text.", inner.Properties.GetString(PropertyTags.Body)!.TrimEnd());
        Assert.Equal(isAttached ? "inner" : item.Subject, inner.Subject);
        Assert.Empty(MimeImport.Read(HostileMail.Make(kind, 1000)).Losses);
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n", "\r\n--b--\r\n")]
    [InlineData("multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n--c\r\n", "\r\n--b--\r\n")]
    [InlineData("text/plain\r\n\r\n", "")]
    public void A_text_that_looks_like_a_long_header_is_none(string head, string end)
    {
        string text = "Field: " + string.Concat(Enumerable.Repeat("the quick brown fox jumps over the lazy dog\r\n ", 5000)) + "end";

        MapiItem item = MimeImport.Read(Encoding.ASCII.GetBytes("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: " + head + text + end));

        Assert.Empty(item.Losses);
        Assert.EndsWith(text, item.Properties.GetString(PropertyTags.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    public void A_large_body_stays_in_the_message_and_goes_on_whole(string kind)
    {
        byte[] mail = HostileMail.Make(kind, 40 * Megabyte);
        MapiItem item = MimeImport.Read(new Unbuffered(mail));
        ItemBody body = BodyText.Read(item);
        long before = AllocatedBytes();
        using CountingStream written = new();
        IReadOnlyList<ItemLoss> losses = MimeExport.Write(item, written);
        long json = 0;
        using (CountingStream document = new())
        {
            JsonExport.Write(item, document);
            json = document.Length;
        }

        Assert.True(body.IsLarge);
        Assert.Empty(losses);
        Assert.True(written.Length > 40L * Megabyte * 4 / 3, written.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(json > 40L * Megabyte, json.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(AllocatedBytes() - before < 40L * Megabyte, "allocated as much as the body");
    }

    [Fact]
    public void A_large_body_comes_back_from_what_was_written()
    {
        string text = string.Concat(Enumerable.Repeat("Größe 日本語\r\n", 2 * Megabyte));
        PropertyBag p = new();
        p[PropertyTags.Body] = PropertyValue.FromString(BinarySource.FromBytes(System.Text.Encoding.Unicode.GetBytes(text)));
        using MemoryStream mail = new();
        MimeExport.Write(new MapiItem(p), mail);

        BinarySource read = BodyText.Read(MimeImport.Read(mail.ToArray())).LargeText!;

        using StreamReader reader = new(read.OpenRead(), System.Text.Encoding.Unicode);
        Assert.Equal(text, reader.ReadToEnd());
        Assert.Null(read.Length);
    }

    [Fact]
    public async Task A_run_stops_inside_of_a_value()
    {
        using CancellationTokenSource stop = new();
        PropertyBag p = new();
        p[PropertyTags.BodyHtml] = PropertyValue.FromBinary(new Endless(stop));
        MapiItem item = StoppableSource.StopWith(new MapiItem(p), stop.Token);

        await Task.Run(() => Assert.Throws<OperationCanceledException>(() => MimeExport.Write(item, Stream.Null)), TestContext.Current.CancellationToken);
        using CancellationTokenSource again = new();
        p[PropertyTags.BodyHtml] = PropertyValue.FromBinary(new Endless(again));
        Assert.Throws<OperationCanceledException>(() => ItemDigester.Content(StoppableSource.StopWith(new MapiItem(p), again.Token), again.Token));
    }

    [Fact]
    public void Many_recipients_and_a_long_mbox_message_stop_with_their_run()
    {
        MapiItem item = new();
        for (int i = 0; i < 1_000; i++)
        {
            PropertyBag p = new();
            p.Set(PropertyTags.RecipientType, 1);
            p.Set(PropertyTags.DisplayName, "Person " + i);
            p.Set(PropertyTags.AddressType, "EX");
            p.Set(PropertyTags.EmailAddress, "/o=x/cn=" + i);
            item.Recipients.Add(new MapiRecipient(p));
        }

        using CancellationTokenSource stop = new();
        int asked = 0;
        MimeExportOptions options = new()
        {
            ResolveExchangeAddress = a =>
            {
                asked++;
                stop.Cancel();
                return null;
            },
            Cancellation = stop.Token,
        };
        Assert.ThrowsAny<OperationCanceledException>(() => MimeExport.Write(item, Stream.Null, options));
        Assert.Equal(1, asked);

        const string From = "From a@b.c Sun Mar  1 09:30:00 2026\nSubject: x\n\n";
        using Folder folder = new();
        File.WriteAllText(folder.At("mbox"), From + "y\n\n" + From + string.Concat(Enumerable.Repeat("The text.\n", 200_000)));
        using CancellationTokenSource again = new();
        using IEnumerator<MboxMessage> messages = MboxReader.Read(folder.At("mbox"), again.Token).GetEnumerator();
        Assert.True(messages.MoveNext());
        again.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => messages.MoveNext());
    }

    // .NET Framework does not count them.
    private static long AllocatedBytes() =>
        (long?)typeof(GC).GetMethod("GetAllocatedBytesForCurrentThread", Type.EmptyTypes)?.Invoke(null, null) ?? 0;

    private static TimeSpan Measure(string kind, int size, Action<byte[]> read)
    {
        byte[] mail = HostileMail.Make(kind, size);
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 2; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            read(mail);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        return best;
    }

    private sealed class Unbuffered(byte[] bytes) : BinarySource
    {
        public override long? Length => bytes.Length;

        public override Stream OpenRead() => new MemoryStream(bytes, writable: false);
    }

    /// <summary>Never ends, and stops its run once it was read for a while.</summary>
    private sealed class Endless(CancellationTokenSource stop) : BinarySource
    {
        public override long? Length => null;

        public override Stream OpenRead() => new EndlessStream(stop);

        public override long Measure(CancellationToken cancellationToken = default) => long.MaxValue;
    }

    private sealed class EndlessStream(CancellationTokenSource stop) : CountingStream
    {
        private long _read;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count)
        {
            _read += count;
            if (_read > 64L * Megabyte)
            {
                stop.Cancel();
            }

            Array.Clear(buffer, offset, count);
            return count;
        }
    }

    private class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}
