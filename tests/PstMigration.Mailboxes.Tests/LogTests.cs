using PstMigration.Mapi;
using PstMigration.Mailboxes.Tests.Sandbox;
using Xunit;

namespace PstMigration.Mailboxes.Tests;

/// <summary>Every operation has a log of its own.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task A_request_is_told_to_whom_it_is_made_for_and_to_nobody_else()
    {
        using SandboxFixture sandbox = new();
        using GraphMailboxConnection mailbox = sandbox.Connect();
        List<string> info = [];
        List<string> folders = [];
        List<string> reading = [];
        List<string> writing = [];

        await sandbox.Time.RunAsync(mailbox.GetInfoAsync(info.Add, CancellationToken.None));
        int told = info.Count;
        await sandbox.Time.RunAsync(mailbox.GetFoldersAsync(folders.Add, CancellationToken.None));
        await using IItemSource source = await sandbox.Time.RunAsync(mailbox.OpenSourceAsync(reading.Add, CancellationToken.None));
        await using IItemTarget target = await sandbox.Time.RunAsync(mailbox.OpenTargetAsync(writing.Add, CancellationToken.None));
        SourceFolder inbox = new(new ItemKey(source.StoreKey, "inbox"), FolderPath.Parse("Inbox"), FolderRole.Inbox, "IPF.Note", 0);
        await using IAsyncEnumerator<SourceItem> items = source.ReadItemsAsync(inbox, CancellationToken.None).GetAsyncEnumerator();
        Task<bool> list = items.MoveNextAsync().AsTask();
        Task<RememberedItem?> find = target.FindAsync(Items.Provenance().Marker!.Value, CancellationToken.None).AsTask();
        await sandbox.Time.RunAsync(Task.WhenAll(list, find));

        Assert.NotEmpty(info);
        Assert.NotEmpty(folders);
        Assert.Equal(told, info.Count);
        Assert.Contains("/me/mailFolders/inbox/messages?", Assert.Single(reading), StringComparison.Ordinal);
        Assert.Single(writing, l => l.Contains("/me/messages?", StringComparison.Ordinal));
        Assert.All(info.Concat(folders).Concat(reading).Concat(writing), l => Assert.DoesNotContain(sandbox.Mailbox.Address, l, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Closing_the_connection_ends_what_is_open()
    {
        using SandboxFixture sandbox = new();
        GraphMailboxConnection mailbox = sandbox.Connect();
        await using IItemSource source = await sandbox.Time.RunAsync(mailbox.OpenSourceAsync(null, CancellationToken.None));
        mailbox.Dispose();

        await using IAsyncEnumerator<SourceFolder> folders = source.ReadFoldersAsync(CancellationToken.None).GetAsyncEnumerator();
        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => sandbox.Time.RunAsync(folders.MoveNextAsync().AsTask()));

        Assert.Equal(("MailboxDisconnected", true), (e.Id, e.EndsRun));
    }
}
