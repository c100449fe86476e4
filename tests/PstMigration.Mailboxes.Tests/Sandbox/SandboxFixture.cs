using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>A mailbox on this machine, a connection to it, and a clock both run by.</summary>
internal sealed class SandboxFixture : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "mailbox-" + Guid.NewGuid().ToString("N"));
    private readonly List<IDisposable> _opened = [];
    private readonly List<IAsyncDisposable> _ends = [];
    private readonly MailboxLimits _limits;
    private GraphMailboxConnection? _connection;

    public SandboxFixture(SandboxBehaviour? behaviour = null, SandboxOptions? options = null, MailboxLimits? limits = null)
    {
        Directory.CreateDirectory(_folder);
        _limits = limits ?? new MailboxLimits();
        Mailbox = SandboxMailbox.Open(
            Path.Combine(_folder, "rehearsal.mailbox"),
            (options ?? new SandboxOptions { VisibilityDelay = TimeSpan.Zero }) with
            {
                Address = Connections.NewAddress(),
                TimeProvider = Time,
                Behaviour = behaviour ?? new SandboxBehaviour(),
            });
    }

    public FakeTimeProvider Time { get; } = Clock.Create();

    public SandboxMailbox Mailbox { get; }

    public GraphMailboxConnection Connection => _connection ??= Connect();

    /// <summary>The requests of all operations.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>What stands between the connection and the sandbox.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Between { get; init; } = h => h;

    /// <summary>Another connection to the same mailbox, as another process would have.</summary>
    public GraphMailboxConnection Connect(bool isMe = true)
    {
        GraphMailboxConnection connection = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = Mailbox.Address,
            IsSignedInUser = isMe,
            Kind = MailboxKind.Sandbox,
            Handler = Between(Wrap(Mailbox.CreateHandler())),
            Clock = Time,
            Limits = _limits,
        });
        _opened.Add(connection);
        return connection;
    }

    /// <summary>A new run's target.</summary>
    public async Task<IItemTarget> TargetAsync()
    {
        IItemTarget target = await Time.RunAsync(Connect().OpenTargetAsync(Log, CancellationToken.None));
        _ends.Add(target);
        return target;
    }

    public async Task<IItemSource> SourceAsync()
    {
        IItemSource source = await Time.RunAsync(Connect().OpenSourceAsync(Log, CancellationToken.None));
        _ends.Add(source);
        return source;
    }

    public Task<TargetFolder> OpenAsync(IItemTarget target, string path, FolderRole role = FolderRole.None, string containerClass = "IPF.Note") =>
        Time.RunAsync(target.OpenFolderAsync(FolderPath.Parse(path), role, containerClass, CancellationToken.None));

    /// <summary>Writes one item as a run would: if it is not there yet.</summary>
    public async Task<WriteResult> WriteAsync(IItemTarget target, TargetFolder folder, MapiItem item, ItemProvenance provenance)
    {
        if (await ContainsAsync(target, provenance))
        {
            return new WriteResult(ItemFate.AlreadyThere, null, []);
        }

        return target.Refuse(item.MessageClass) ?? await Time.RunAsync(target.WriteAsync(folder, item, provenance));
    }

    /// <summary>Whether a whole copy is there.</summary>
    public Task<bool> ContainsAsync(IItemTarget target, ItemProvenance provenance) => Time.RunAsync(target.ContainsAsync(provenance.Marker));

    public void Log(string line)
    {
        lock (Trace)
        {
            Trace.Add(line);
        }
    }

    /// <summary>Writes one item into the inbox by a run of its own, which must succeed.</summary>
    public async Task<WriteResult> ImportAsync(MapiItem item, ItemProvenance? provenance = null, string path = "Inbox", FolderRole role = FolderRole.Inbox, string containerClass = "IPF.Note")
    {
        IItemTarget target = await TargetAsync();
        WriteResult result = await WriteAsync(target, await OpenAsync(target, path, role, containerClass), item, provenance ?? Items.Provenance());
        Assert.True(result.Fate == ItemFate.Copied, $"{result.Fate} {result.ReasonId}: {result.Reason}");
        return result;
    }

    /// <summary>Everything in the mailbox, opened.</summary>
    public async Task<List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)>> ExportAsync()
    {
        IItemSource source = await SourceAsync();
        return await Time.RunAsync(ReadAllAsync(source));
    }

    public void Dispose()
    {
        foreach (IAsyncDisposable end in Enumerable.Reverse(_ends))
        {
            end.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        foreach (IDisposable opened in Enumerable.Reverse(_opened))
        {
            opened.Dispose();
        }

        Mailbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Everything in a source, opened and fetched.</summary>
    internal static async Task<List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)>> ReadAllAsync(IItemSource source)
    {
        List<(SourceFolder, SourceItem, MapiItem)> all = [];
        List<SourceFolder> folders = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            folders.Add(folder);
        }

        foreach (SourceFolder folder in folders)
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
            {
                MapiItem opened = await item.OpenAsync(CancellationToken.None);
                await opened.FetchAsync(CancellationToken.None);
                all.Add((folder, item, opened));
            }
        }

        return all;
    }

#if NET
    /// <summary>Every body is checked against the service's own description of its types, every request by Microsoft's OData library where its CSDL is at hand.</summary>
    private static HttpMessageHandler Wrap(HttpMessageHandler handler) => ODataJudgeHandler.Wrap(GraphModelHandler.Wrap(handler));
#else
    private static HttpMessageHandler Wrap(HttpMessageHandler handler) => handler;
#endif
}
