using System.Net.Http;
using System.Text.Json;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>What lies among the Recoverable Items is in no folder people see: it is not there, whether the service lists it or not.</summary>
public sealed class RecoverableTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_in_no_folder_is_brought_again_and_one_among_the_deleted_items_is_not(bool lists)
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { ListsRecoverableItems = lists });
        MemorySource source = Runs.Inbox(4);
        await sandbox.ImportAsync(source);
        await MoveAsync(sandbox, "mail 0", "recoverableitemsdeletions");
        await MoveAsync(sandbox, "mail 1", "deleteditems");
        await MoveAsync(sandbox, "mail 2", "archive");

        TransferSummary again = await sandbox.ImportAsync(source);

        Assert.Equal((1L, 3L), (again.Count(ItemFate.Copied), again.Count(ItemFate.AlreadyThere)));
        Assert.Equal((string[])["mail 0", "mail 3"], await SubjectsAsync(sandbox, "inbox"));
        Assert.Equal(4L, (await sandbox.ImportAsync(source)).Count(ItemFate.AlreadyThere));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mail_from_elsewhere_in_no_folder_is_no_duplicate(bool lists)
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { ListsRecoverableItems = lists });
        await sandbox.ImportAsync(WithMessageIds(Runs.Inbox(3)));
        await MoveAsync(sandbox, "mail 0", "recoverableitemsdeletions");

        TransferSummary other = await sandbox.ImportNewAsync(WithMessageIds(Runs.Inbox(3, store: "memory:2")));

        Assert.Equal((1L, 2L), (other.Count(ItemFate.Copied), other.Count(ItemFate.AlreadyThere)));
        Assert.Equal((string[])["mail 0", "mail 1", "mail 2"], await SubjectsAsync(sandbox, "inbox"));
    }

    [Fact]
    public async Task Mail_from_elsewhere_among_the_deleted_items_is_no_duplicate_of_what_goes_to_another_folder()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(WithMessageIds(Runs.Inbox(2)));
        await MoveAsync(sandbox, "mail 0", "deleteditems");

        TransferSummary other = await sandbox.ImportNewAsync(WithMessageIds(Runs.Inbox(2, store: "memory:2")));

        Assert.Equal((1L, 1L), (other.Count(ItemFate.Copied), other.Count(ItemFate.AlreadyThere)));
    }

    [Theory]
    [InlineData(SandboxFaultPoint.AfterCommit)]
    [InlineData(SandboxFaultPoint.BeforeCommit)]
    public async Task An_older_copy_in_no_folder_is_no_answer_to_a_create_that_was_lost(SandboxFaultPoint point)
    {
        using SandboxFixture sandbox = new();
        MemorySource source = WithMessageIds(Runs.Inbox(2));
        await sandbox.ImportAsync(source);
        await MoveAsync(sandbox, "mail 0", "recoverableitemsdeletions");
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages", StatusCode = null, Point = point, Times = 1 });

        TransferSummary again = await sandbox.ImportAsync(source);
        await sandbox.ImportAsync(source);

        Assert.Equal(0, again.Count(ItemFate.Failed));
        Assert.Equal((string[])["mail 0", "mail 1"], await SubjectsAsync(sandbox, "inbox"));
        Assert.Equal((string[])["mail 0"], await SubjectsAsync(sandbox, "recoverableitemsdeletions"));
    }

    [Theory]
    [InlineData("inbox", true)]
    [InlineData("deleteditems", false)]
    public async Task What_somebody_files_in_a_new_folder_while_the_mailbox_is_read_is_not_gone(string below, bool isThereForOthers)
    {
        Func<Task>? once = null;
        using SandboxFixture sandbox = new() { Between = inner => new Hook(inner, () => Interlocked.Exchange(ref once, null)) };
        MemorySource source = WithMessageIds(Runs.Inbox(3));
        await sandbox.ImportNewAsync(source);

        foreach (MemorySource file in new[] { source, WithMessageIds(Runs.Inbox(3, store: "memory:2")) })
        {
            once = async () =>
            {
                string made = await CreateFolderAsync(sandbox, await CreateFolderAsync(sandbox, below));
                await MoveAsync(sandbox, file == source ? "mail 0" : "mail 1", made);
            };
            TransferSummary again = await sandbox.ImportNewAsync(file);

            Assert.Null(once);
            Assert.Equal(file == source || isThereForOthers ? 0L : 2L, again.Count(ItemFate.Copied));
        }
    }

    private static async Task<string> CreateFolderAsync(SandboxFixture sandbox, string parent) => JsonDocument.Parse(
        await sandbox.SendAsync("POST", $"mailFolders/{parent}/childFolders", $$"""{"displayName":"{{Guid.NewGuid()}}"}""")).RootElement.GetProperty("id").GetString()!;

    private static MemorySource WithMessageIds(MemorySource source)
    {
        foreach (MemoryItem item in source.Items)
        {
            item.Item.Properties.Set(PropertyTags.InternetMessageId, $"<{item.Item.Subject.Replace(' ', '.')}@contoso.example>");
        }

        return source;
    }

    private static async Task MoveAsync(SandboxFixture sandbox, string subject, string to)
    {
        JsonElement found = JsonDocument.Parse(await sandbox.SendAsync("GET", "mailFolders/inbox/messages?$top=100&$select=id,subject")).RootElement.GetProperty("value");
        string id = found.EnumerateArray().Single(m => m.GetProperty("subject").GetString() == subject).GetProperty("id").GetString()!;
        await sandbox.SendAsync("POST", $"messages/{id}/move", $$"""{ "destinationId": "{{to}}" }""");
    }

    private static async Task<string[]> SubjectsAsync(SandboxFixture sandbox, string folder)
    {
        JsonElement found = JsonDocument.Parse(await sandbox.SendAsync("GET", $"mailFolders/{folder}/messages?$top=100&$select=subject")).RootElement.GetProperty("value");
        return [.. found.EnumerateArray().Select(m => m.GetProperty("subject").GetString()!).OrderBy(s => s, StringComparer.Ordinal)];
    }

    /// <summary>Does something when the folders of a mailbox are read, and its messages not yet.</summary>
    private sealed class Hook(HttpMessageHandler inner, Func<Func<Task>?> take) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/me/messages", StringComparison.Ordinal) && take() is Func<Task> work)
            {
                await work();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
