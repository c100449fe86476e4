using System.Net.Http;
using PstMigration.Mapi;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Whole runs of the engine into and out of a sandbox.</summary>
internal static class Runs
{
    /// <summary>Copies into the mailbox, with a connection of its own, as another process would.</summary>
    public static async Task<TransferSummary> ImportAsync(
        this SandboxFixture sandbox, IItemSource source, CancellationToken cancellationToken = default)
    {
        IItemTarget target = await sandbox.TargetAsync();
        return await sandbox.Time.RunAsync(RunAsync(source, target, cancellationToken));
    }

    /// <summary>The same, without what the mailbox has from elsewhere.</summary>
    public static async Task<TransferSummary> ImportNewAsync(this SandboxFixture sandbox, IItemSource source, IItemTarget? target = null)
    {
        target ??= await sandbox.TargetAsync();
        return await sandbox.Time.RunAsync(RunAsync(source, target, new TransferOptions { Threads = 4, SkipDuplicates = true }, CancellationToken.None));
    }

    /// <summary>Copies by a target that is open already.</summary>
    public static Task<TransferSummary> ImportIntoAsync(this SandboxFixture sandbox, IItemSource source, IItemTarget target) =>
        sandbox.Time.RunAsync(RunAsync(source, target, CancellationToken.None));

    /// <summary>Copies the mailbox somewhere.</summary>
    public static async Task<TransferSummary> ExportAsync(this SandboxFixture sandbox, IItemTarget target, CancellationToken cancellationToken = default)
    {
        IItemSource source = await sandbox.SourceAsync();
        return await sandbox.Time.RunAsync(RunAsync(source, target, cancellationToken));
    }

    /// <summary>A folder of mail that is in the inbox of a file.</summary>
    public static MemorySource Inbox(int count, string prefix = "mail ", string store = "memory:1")
    {
        MemorySource source = new MemorySource(store).Folder("Inbox", FolderRole.Inbox);
        for (int i = 0; i < count; i++)
        {
            source.Item(prefix + i);
        }

        foreach (MemoryItem item in source.Items)
        {
            item.Item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
            item.Item.Properties.Set(PropertyTags.ClientSubmitTime, Items.Sent);
            item.Item.Properties.Set(PropertyTags.MessageDeliveryTime, Items.Sent);
            Items.Author(item.Item.Properties, "Anna", "anna@contoso.example");
        }

        return source;
    }

    /// <summary>Does something to the mailbox that no connection of ours does.</summary>
    public static async Task<string> SendAsync(this SandboxFixture sandbox, string method, string path, string? json = null)
    {
        using HttpClient client = new(sandbox.Mailbox.CreateHandler());
        using HttpRequestMessage request = new(new HttpMethod(method), "https://sandbox.invalid/v1.0/me/" + path);
        request.Headers.TryAddWithoutValidation("Prefer", "IdType=\"ImmutableId\"");
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Content is null ? "" : await response.Content.ReadAsStringAsync();
    }

    /// <summary>Copies.</summary>
    public static Task<TransferSummary> RunAsync(IItemSource source, IItemTarget target, CancellationToken cancellationToken) =>
        RunAsync(source, target, new TransferOptions { Threads = 4 }, cancellationToken);

    private static async Task<TransferSummary> RunAsync(IItemSource source, IItemTarget target, TransferOptions options, CancellationToken cancellationToken)
    {
        TransferRun run = await TransferRun.PlanAsync(source, options, new Silent(), cancellationToken);
        return (await run.RunAsync(target, cancellationToken)).Summary;
    }

    private sealed class Silent : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => throw new InvalidOperationException(folder.Path.ToString(), exception);

        public void OnItem(ItemResult result)
        {
        }
    }
}
