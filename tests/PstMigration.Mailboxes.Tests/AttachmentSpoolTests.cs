using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests;

public sealed class AttachmentSpoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(81920)]
    [InlineData(262143)]
    [InlineData(262144)]
    [InlineData(262145)]
    [InlineData(1_000_000)]
    public async Task What_is_kept_reads_back(int length)
    {
        using AttachmentSpool spool = new();
        byte[] bytes = Items.Bytes(length);

        Assert.Equal(length, await KeepAsync(spool, "a", bytes));

        for (int i = 0; i < 2; i++)
        {
            using Stream? stream = spool.TryOpen("a");
            Assert.Equal(bytes, ToArray(stream!));
        }

        Assert.Equal(length >= 262144, spool.Folder is not null);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_how_many_small_ones_were_fetched()
    {
        using AttachmentSpool spool = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 1000; i++)
        {
            // As of 1,000 mails that were copied long since.
            await KeepAsync(spool, "mail " + i, Items.Bytes(250_000));
        }

        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(held < 100_000_000, $"{held / 1_000_000} MB are held.");
        Assert.False(spool.Contains("mail 0"));
        Assert.True(spool.Contains("mail 999"));
    }

    [Fact]
    public async Task Small_ones_make_no_room_for_large_ones_nor_large_ones_for_small_ones()
    {
        using AttachmentSpool spool = new(capacity: 1_000_000, memory: 10_000);
        await KeepAsync(spool, "file", Items.Bytes(900_000));
        await KeepAsync(spool, "a", Items.Bytes(4_000));
        await KeepAsync(spool, "b", Items.Bytes(4_000));
        spool.TryOpen("a")!.Dispose();
        await KeepAsync(spool, "c", Items.Bytes(4_000));

        Assert.Equal([true, true, false, true], new[] { "file", "a", "b", "c" }.Select(spool.Contains));
        await KeepAsync(spool, "other file", Items.Bytes(900_000));
        Assert.Equal([false, true, false, true], new[] { "file", "a", "b", "c" }.Select(spool.Contains));
    }

    [Fact]
    public async Task Large_ones_lie_in_one_folder_of_the_owner_that_vanishes()
    {
        string folder;
        using (AttachmentSpool spool = new())
        {
            await KeepAsync(spool, "a", Items.Bytes(300_000));
            await KeepAsync(spool, "b", Items.Bytes(400_000));
            folder = spool.Folder!;
            Assert.Equal(2, Files(folder));
#if NET
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            }
#endif
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task What_was_not_used_for_longest_makes_room_and_one_that_is_being_read_stays_readable()
    {
        using AttachmentSpool spool = new(capacity: 900_000);
        byte[] first = Items.Bytes(400_000);
        await KeepAsync(spool, "a", first);
        await KeepAsync(spool, "b", Items.Bytes(400_000));
        using Stream reading = spool.TryOpen("a")!;
        await KeepAsync(spool, "c", Items.Bytes(400_000));
        await KeepAsync(spool, "d", Items.Bytes(400_000));

        Assert.Null(spool.TryOpen("a"));
        Assert.Null(spool.TryOpen("b"));
        Assert.True(spool.Contains("c") && spool.Contains("d"));
        Assert.Equal(2, Files(spool.Folder!));
        Assert.Equal(first, ToArray(reading));
    }

    [Fact]
    public async Task What_breaks_off_leaves_nothing()
    {
        using AttachmentSpool spool = new();
        int left = 20;

        await Assert.ThrowsAsync<IOException>(() => spool.KeepAsync(
            "a", (_, _, count, _) => left-- > 0 ? Task.FromResult(Math.Min(count, 80_000)) : throw new IOException("broken"), CancellationToken.None));

        Assert.False(spool.Contains("a"));
        Assert.Equal(0, Files(spool.Folder!));
    }

    [Fact]
    public async Task A_full_disk_is_no_connection_that_broke()
    {
        int asked = 0;
        using AttachmentSpool spool = new();
        FetchedContent content = new(
            spool,
            _ =>
            {
                asked++;
                return Task.FromResult<Stream>(new FullDisk());
            },
            TimeProvider.System);

        MailDataException error = await Assert.ThrowsAsync<MailDataException>(() => content.FetchAsync(CancellationToken.None).AsTask());

        Assert.Equal((FileErrorIds.DiskFull, true, 1), (error.Error, error.EndsRun, asked));
        Assert.Equal(0, Files(spool.Folder!));
    }

    [Fact]
    public async Task An_attachment_is_fetched_once_and_again_only_when_it_had_to_make_room()
    {
        ScriptedHandler service = new(a => new System.Net.Http.HttpResponseMessage
        {
            Content = new System.Net.Http.ByteArrayContent(Items.Bytes(a.Path.Contains("/a1/", StringComparison.Ordinal) ? 500_000 : 600_000)),
        });
        MailboxConnectionOptions options = Connections.Options(service);
        using GraphClient client = new(options, new SharedHandler(options), null, null);
        using AttachmentSpool spool = new(capacity: 1_000_000);
        GraphAttachmentContent first = new(new MessageAttachments(client, "m1"), spool, "a1");
        GraphAttachmentContent second = new(new MessageAttachments(client, "m1"), spool, "a2");
        Assert.Null(first.Length);
        Assert.Throws<InvalidOperationException>(first.OpenRead);

        await first.FetchAsync(CancellationToken.None);
        await first.FetchAsync(CancellationToken.None);
        Assert.Equal((500_000, 1), (first.Length, service.Asked.Count));
        using CancellationTokenSource stop = new();
        await second.FetchAsync(stop.Token);
        Assert.Equal(Items.Bytes(500_000), first.ToArray());
        Assert.Equal(3, service.Asked.Count);

        // It made room, and whoever fetched it has given up since.
        stop.Cancel();
        Assert.False(spool.Contains(second));
        Assert.ThrowsAny<OperationCanceledException>(() => second.OpenRead());
    }

    /// <summary>So much that it goes into a file, where the system then says that there is no more room (ENOSPC).</summary>
    private sealed class FullDisk : MemoryStream
    {
        private int _reads;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ++_reads < 20 ? Task.FromResult(count) : throw new IOException("No space left on device", 28);
    }

    private static Task<long> KeepAsync(AttachmentSpool spool, string key, byte[] bytes)
    {
        MemoryStream stream = new(bytes);
        return spool.KeepAsync(key, (buffer, offset, count, _) => Task.FromResult(stream.Read(buffer, offset, Math.Min(count, 50_000))), CancellationToken.None);
    }

    private static int Files(string folder) => Directory.GetFiles(folder).Count(f => char.IsDigit(Path.GetFileName(f)[0]));

    private static byte[] ToArray(Stream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
