using System.Net.Http;

namespace PstMigration.Sandbox;

/// <summary>
/// A mailbox kept in one SQLite file that answers Microsoft Graph v1.0 requests without a network. Open it, give its handler to an
/// HttpClient, and talk to /v1.0/me of any host. Safe for several threads; one process at a time.
/// </summary>
public sealed class SandboxMailbox : IDisposable
{
    /// <summary>The address of a new mailbox where the options name none.</summary>
    public const string DefaultAddress = "rehearsal@sandbox.invalid";

    private readonly MailboxStore _store;
    private readonly SandboxService _service;

    private SandboxMailbox(string path, MailboxStore store, SandboxOptions options)
    {
        Path = path;
        _store = store;
        _service = new SandboxService(store, options, Faults);
        Archive = options.Archive;
    }

    /// <summary>The archive beside it; null for none.</summary>
    public SandboxMailbox? Archive { get; }

    /// <summary>What is in the file.</summary>
    internal MailboxStore Store => _store;

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The address of the mailbox, as stored in the file.</summary>
    public string Address => _store.Address;

    /// <summary>The id of the mailbox, as stored in the file: MBX:guid@guid, like primaryMailboxId of Graph.</summary>
    public string MailboxId => MailboxHandlers.MailboxId(_store);

    /// <summary>How many people the service would have mailed invitations to. The sandbox mails nobody; whoever imports must not ask for it either.</summary>
    public long InvitationsSent => _store.Run(() => _store.Invitations);

    /// <summary>What was asked of it since it was opened.</summary>
    public SandboxStatistics Statistics => _service.Statistics;

    /// <summary>What is to go wrong.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>Opens the mailbox in a file, making it where there is none. The file is its owner's alone.</summary>
    /// <exception cref="SandboxException">SandboxInUse, NotASandbox, SandboxCannotOpen.</exception>
    /// <exception cref="Storage.StorageException">DiskFull, FileDamaged, SqliteMissing.</exception>
    public static SandboxMailbox Open(string path, SandboxOptions? options = null)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        SandboxOptions settings = options ?? new SandboxOptions();
        string full = System.IO.Path.GetFullPath(path);
        SandboxMailbox? archive = settings.ArchivePath is string beside ? Open(beside, settings with { ArchivePath = null, Address = null }) : null;
        try
        {
            return new SandboxMailbox(full, MailboxStore.Open(full, settings), settings with { Archive = archive });
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <summary>A handler that answers from this mailbox. Any number may be made; they share limits and faults.</summary>
    public HttpMessageHandler CreateHandler() => new SandboxHandler(_service);

    /// <summary>Makes every delta token given so far void: using one answers 410.</summary>
    public void ExpireDeltaTokens() => _store.AdvanceDeltaEpoch();

    /// <summary>Closes the file, leaving that one file alone; that of the archive too.</summary>
    public void Dispose()
    {
        _store.Dispose();
        Archive?.Dispose();
    }
}
