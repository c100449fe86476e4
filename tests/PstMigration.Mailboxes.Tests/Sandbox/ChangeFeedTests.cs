using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>What changed since a state, by the service's delta tokens.</summary>
public sealed class ChangeFeedTests
{
    [Fact]
    public async Task Only_what_changed_is_listed()
    {
        using SandboxFixture sandbox = new();
        ItemKey first = (await sandbox.ImportAsync(Items.Mail("one"), Items.Provenance("1"))).TargetKey!.Value;
        ItemKey second = (await sandbox.ImportAsync(Items.Mail("two"), Items.Provenance("2"))).TargetKey!.Value;
        (ItemChanges all, List<ItemChange> before) = await ReadAsync(sandbox, null);
        Assert.Equal((true, 2), (all.IsFull, before.Count));

        (ItemChanges none, List<ItemChange> nothing) = await ReadAsync(sandbox, all.State);
        Assert.Equal((false, 0), (none.IsFull, nothing.Count));

        ItemKey third = (await sandbox.ImportAsync(Items.Mail("three"), Items.Provenance("3"))).TargetKey!.Value;
        await DeleteAsync(sandbox, first);
        (ItemChanges some, List<ItemChange> changes) = await ReadAsync(sandbox, none.State);

        Assert.False(some.IsFull);
        Assert.Equal([(first, false), (third, true)], changes.Select(c => (c.Key, c.Item is not null)).OrderBy(c => c.Item2));
        Assert.Equal("three", changes.Find(c => c.Key == third)!.Item!.Summary.Subject);
        Assert.DoesNotContain(changes, c => c.Key == second);
    }

    [Fact]
    public async Task A_forgotten_token_lists_everything_again_once()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Items.Mail("one"), Items.Provenance("1"));
        (ItemChanges all, _) = await ReadAsync(sandbox, null);
        sandbox.Mailbox.ExpireDeltaTokens();
        await sandbox.ImportAsync(Items.Mail("two"), Items.Provenance("2"));

        (ItemChanges again, List<ItemChange> changes) = await ReadAsync(sandbox, all.State);

        Assert.True(again.IsFull);
        Assert.Equal(["one", "two"], changes.Select(c => c.Item!.Summary.Subject).OrderBy(s => s, StringComparer.Ordinal));
        Assert.NotNull(again.State);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("other-folder\ntoken")]
    public async Task A_state_of_something_else_is_a_beginning(string state)
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Items.Mail("one"), Items.Provenance("1"));

        (ItemChanges all, List<ItemChange> changes) = await ReadAsync(sandbox, state);

        Assert.Equal((true, 1), (all.IsFull, changes.Count));
    }

    [Fact]
    public async Task Contacts_and_tasks_have_a_feed_and_calendars_are_read_whole()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Items.Contact(), Items.Provenance("1"), "Contacts", FolderRole.Contacts, "IPF.Contact");
        foreach ((string folder, int count, bool hasState) in new[] { ("Contacts", 1, true), ("Tasks", 0, true), ("Calendar", 0, false) })
        {
            (ItemChanges all, List<ItemChange> changes) = await ReadAsync(sandbox, null, folder);
            Assert.Equal((true, count, hasState), (all.IsFull, changes.Count, all.State is not null));
            (ItemChanges later, List<ItemChange> none) = await ReadAsync(sandbox, all.State, folder);
            Assert.Equal((!hasState, 0), (later.IsFull, none.Count));
        }
    }

    [Theory]
    [InlineData("Inbox")]
    [InlineData("Contacts")]
    public async Task A_feed_comes_in_large_pages(string name)
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        bool isMail = name == "Inbox";
        TargetFolder folder = await sandbox.OpenAsync(target, name, isMail ? FolderRole.Inbox : FolderRole.Contacts, isMail ? "IPF.Note" : "IPF.Contact");
        for (int i = 0; i < 12; i++)
        {
            await sandbox.WriteAsync(target, folder, isMail ? Items.Mail() : Items.Contact(), Items.Provenance("0x" + i));
        }

        (ItemChanges all, List<ItemChange> before) = await ReadAsync(sandbox, null, name);
        foreach (ItemChange change in before)
        {
            await sandbox.SendAsync("PATCH", (isMail ? "messages/" : "contacts/") + change.Key.Id, isMail ? """{"isRead":false}""" : """{"jobTitle":"Head"}""");
        }

        sandbox.Trace.Clear();
        (_, List<ItemChange> after) = await ReadAsync(sandbox, all.State, name);

        Assert.Equal((12, 12), (before.Count, after.Count));
        Assert.Single(sandbox.Trace, l => l.Contains("/delta", StringComparison.Ordinal));
    }

    private static async Task DeleteAsync(SandboxFixture sandbox, ItemKey key)
    {
        using System.Net.Http.HttpClient other = new(sandbox.Mailbox.CreateHandler());
        other.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", "IdType=\"ImmutableId\"");
        using System.Net.Http.HttpResponseMessage answer = await other.DeleteAsync(new Uri("https://sandbox.invalid/v1.0/me/messages/" + key.Id));
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static async Task<(ItemChanges Changes, List<ItemChange> Read)> ReadAsync(SandboxFixture sandbox, string? state, string name = "Inbox")
    {
        IItemSource source = await sandbox.SourceAsync();
        return await sandbox.Time.RunAsync(Read());

        async Task<(ItemChanges, List<ItemChange>)> Read()
        {
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                if (folder.Path.Name == name)
                {
                    ItemChanges changes = ((IItemChangeFeed)source).ReadChanges(folder, state);
                    List<ItemChange> all = [];
                    await foreach (ItemChange change in changes.ReadAsync(CancellationToken.None))
                    {
                        all.Add(change);
                    }

                    return (changes, all);
                }
            }

            throw new InvalidOperationException("No folder " + name);
        }
    }
}
