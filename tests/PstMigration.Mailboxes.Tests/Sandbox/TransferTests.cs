using System.Net.Http;
using System.Diagnostics;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>The engine over a mailbox: four requests at once, each item once, nothing asked twice, stopped at once.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task Four_creates_are_under_way_at_once()
    {
        FourAtOnce? gate = null;
        using SandboxFixture sandbox = new() { Between = inner => gate = new FourAtOnce(inner) };

        TransferSummary summary = await sandbox.ImportAsync(Runs.Inbox(24));

        Assert.Equal(24, summary.Count(ItemFate.Copied));
        Assert.Equal(4, gate!.Most);
    }

    [Fact]
    public async Task With_four_at_once_and_answers_that_get_lost_each_item_is_there_once()
    {
        const int Count = 80;
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(6) });
        MemorySource source = Runs.Inbox(Count);
        for (int i = 0; i < 10; i++)
        {
            sandbox.Mailbox.Faults.Add(new SandboxFault
            {
                Method = "POST",
                Path = "/messages",
                Skip = i * 7,
                Point = i % 5 == 4 ? SandboxFaultPoint.BeforeCommit : SandboxFaultPoint.AfterCommit,
                StatusCode = i % 2 == 0 ? 504 : null,
            });
        }

        TransferSummary first = await sandbox.ImportAsync(source);

        Assert.Equal(0, sandbox.Mailbox.Faults.Pending);
        Assert.Equal((Count - 2, 2), (first.Count(ItemFate.Copied), first.Count(ItemFate.Unsure)));
        Assert.Equal(Count - 2, (await sandbox.ExportAsync()).Count);
        TransferSummary second = await sandbox.ImportAsync(source);
        Assert.Equal((2, Count - 2), (second.Count(ItemFate.Copied), second.Count(ItemFate.AlreadyThere)));
        Assert.Equal(
            source.Items.Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal),
            (await sandbox.ExportAsync()).Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_item_that_shows_up_after_the_search_is_copied_at_the_end_of_the_run()
    {
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(45) });
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = SandboxFaultPoint.AfterCommit, StatusCode = 504 });

        TransferSummary summary = await sandbox.ImportAsync(Runs.Inbox(3));

        Assert.Equal(3, summary.Count(ItemFate.Copied));
        Assert.Equal(3, (await sandbox.ExportAsync()).Count);
    }

    [Fact]
    public async Task An_item_that_shows_up_without_its_attachments_stays_unsure_and_is_completed_by_the_next_run()
    {
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(45) });
        MemorySource source = Runs.Inbox(1);
        source.Items.Single().Item.Attachments.Add(Items.File("large.bin", Items.Bytes(3_200_000)));
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", Point = SandboxFaultPoint.AfterCommit, StatusCode = 504 });

        TransferSummary first = await sandbox.ImportAsync(source);
        TransferSummary second = await sandbox.ImportAsync(source);

        Assert.Equal(1, first.Count(ItemFate.Unsure));
        Assert.Equal(1, second.Count(ItemFate.Copied));
        Assert.Equal(3_200_000, Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments).Content!.Measure());
    }

    [Fact]
    public async Task A_run_of_an_unchanged_mailbox_asks_for_no_item()
    {
        using SandboxFixture sandbox = new();
        MemorySource mail = Runs.Inbox(60);
        mail.Folder("Contacts", FolderRole.Contacts, "IPF.Contact").Item("Anna", "IPM.Contact");
        await sandbox.ImportAsync(mail);
        MemoryTarget target = new();
        Assert.Equal(61, (await sandbox.ExportAsync(target)).Count(ItemFate.Copied));
        sandbox.Trace.Clear();

        TransferSummary second = await sandbox.ExportAsync(target);

        Assert.Equal((61, 61), (second.Read, second.Count(ItemFate.AlreadyThere)));
        Assert.DoesNotContain(sandbox.Trace, IsOfItem);
        sandbox.Trace.Clear();
        string id = (await sandbox.ExportAsync()).First(i => i.Item.Subject == "mail 7").Listed.Key.Id;
        await sandbox.SendAsync("PATCH", "messages/" + id, """{"isRead":false}""");
        sandbox.Trace.Clear();
        TransferSummary third = await sandbox.ExportAsync(target);
        Assert.Equal(61, third.Count(ItemFate.AlreadyThere));
        Assert.All(sandbox.Trace.Where(IsOfItem), l => Assert.Contains("/messages/" + id + "?", l, StringComparison.Ordinal));
        Assert.Contains(sandbox.Trace, IsOfItem);
    }

    [Fact]
    public async Task The_files_of_one_call_share_what_the_mailbox_remembers()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Runs.Inbox(3));
        IItemTarget target = await sandbox.TargetAsync();
        sandbox.Trace.Clear();

        for (int file = 0; file < 3; file++)
        {
            Assert.Equal(3, (await sandbox.ImportIntoAsync(Runs.Inbox(3), target)).Count(ItemFate.AlreadyThere));
        }

        Assert.Single(sandbox.Trace, l => l.Contains("/me/messages?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_tells_enough_to_filter_and_to_see_what_changed()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Items.Mail("Hello", flags: 1, attachments: [Items.File("a.bin", [1])]), Items.Provenance("1"));
        await sandbox.ImportAsync(Items.Contact(), Items.Provenance("2"), "Contacts", FolderRole.Contacts, "IPF.Contact");

        List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)> all = await sandbox.ExportAsync();
        SourceItem mail = all.Single(i => i.Item.IsOfClass("IPM.Note")).Listed;
        SourceItem contact = all.Single(i => i.Item.IsOfClass("IPM.Contact")).Listed;

        Assert.Equal(("IPM.Note", "Hello", "Anna"), (mail.Summary.MessageClass, mail.Summary.Subject, mail.Summary.Sender));
        Assert.Equal((Items.Sent, Items.Sent.AddSeconds(15)), (mail.Summary.SentTime, mail.Summary.ReceivedTime));
        Assert.Equal(sandbox.Time.GetUtcNow().Date, mail.Summary.ModifiedTime!.Value.Date);
        Assert.Equal(MessageFlags.Read | MessageFlags.HasAttachments, mail.Summary.Flags);
        Assert.Equal(("IPM.Contact", "Anna Müller"), (contact.Summary.MessageClass, contact.Summary.Subject));
        await sandbox.SendAsync("PATCH", "contacts/" + contact.Key.Id, """{"nickName":"A"}""");
        all = await sandbox.ExportAsync();
        Assert.Equal(mail.Version, all.Single(i => i.Listed.Key == mail.Key).Listed.Version);
        ItemVersion? changed = all.Single(i => i.Listed.Key == contact.Key).Listed.Version;
        Assert.NotNull(changed);
        Assert.NotEqual(contact.Version, changed);
    }

    [Fact]
    public async Task A_source_tells_how_much_of_each_folder_it_gave()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Runs.Inbox(3));
        IItemSource source = await sandbox.SourceAsync();
        await sandbox.Time.RunAsync(ReadAsync());

        FolderReading inbox = source.Report.Folders.Single(f => f.Folder.ToString() == "Inbox");

        Assert.Equal((3, 3, true), (inbox.Expected, inbox.Read, inbox.IsComplete));
        Assert.Equal((true, 4), (source.Traits.KeysAreLasting, source.Traits.OpensAtOnce));

        async Task ReadAsync()
        {
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
                {
                }
            }
        }
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_an_attachment_is_coming_ends_at_once()
    {
        Stalled? stalled = null;
        using SandboxFixture sandbox = new() { Between = inner => stalled = new Stalled(inner) };
        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", Items.Bytes(1_000_000))]));
        IItemSource source = await sandbox.SourceAsync();
        using CancellationTokenSource stop = new();
        Task copy = Runs.RunAsync(source, new MemoryTarget(), stop.Token);
        await stalled!.IsStalled;
        Stopwatch watch = Stopwatch.StartNew();

#if NET
        await stop.CancelAsync();
#else
        stop.Cancel();
#endif

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
    }

    [Fact]
    public async Task An_attachment_that_stops_coming_is_fetched_anew()
    {
        Stalled? stalled = null;
        using SandboxFixture sandbox = new() { Between = inner => stalled = new Stalled(inner, times: 1) };
        byte[] bytes = Items.Bytes(1_000_000);
        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", bytes)]));

        MapiItem back = Assert.Single(await sandbox.ExportAsync()).Item;

        Assert.True(stalled!.IsStalled.IsCompleted);
        Assert.Equal(bytes, Assert.Single(back.Attachments).Content!.ToArray());
    }

    private static bool IsOfItem(string line) =>
        line.Contains("/messages/", StringComparison.Ordinal) || line.Contains("/contacts/", StringComparison.Ordinal);

    /// <summary>Lets creates through when four have come, so that a client that sends one at a time is found out by the most there were.</summary>
    private sealed class FourAtOnce(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly object _lock = new();
        private readonly TaskCompletionSource<bool> _four = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _now;

        public int Most { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Post)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            lock (_lock)
            {
                Most = Math.Max(Most, ++_now);
                if (_now == 4)
                {
                    _four.TrySetResult(true);
                }
            }

            await Task.WhenAny(_four.Task, Task.Delay(5000, cancellationToken));
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                lock (_lock)
                {
                    _now--;
                }
            }
        }
    }

    /// <summary>Attachments begin to come, and then no more of them; who reads is not told when the caller has given up, as on .NET Framework.</summary>
    private sealed class Stalled(HttpMessageHandler inner, int times = int.MaxValue) : DelegatingHandler(inner)
    {
        private readonly TaskCompletionSource<bool> _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = times;

        public Task IsStalled => _stalled.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/$value", StringComparison.Ordinal) && _left-- > 0)
            {
                response.Content = new StreamContent(new Body(_stalled));
            }

            return response;
        }

        private sealed class Body(TaskCompletionSource<bool> stalled) : MemoryStream(new byte[100])
        {
            public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            {
                if (Position == Length)
                {
                    stalled.TrySetResult(true);
                    await new TaskCompletionSource<bool>().Task;
                }

                return Read(buffer, offset, count);
            }

#if NET
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                if (Position == Length)
                {
                    stalled.TrySetResult(true);
                    await new TaskCompletionSource<bool>().Task;
                }

                return Read(buffer.Span);
            }
#endif
        }
    }
}
