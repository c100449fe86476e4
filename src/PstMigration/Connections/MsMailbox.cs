using PstMigration.Errors;
using PstMigration.Mailboxes;

namespace PstMigration;

/// <summary>A connection to a mailbox, as <c>Connect-MsMailbox</c> gives it.</summary>
public sealed class MsMailbox : IDisposable
{
    private readonly IMailbox _connection;
    private readonly IDisposable? _backing;
    private readonly SignInSession? _session;

    /// <summary>A mailbox in a file.</summary>
    /// <param name="connection">The connection; owned from here on.</param>
    /// <param name="info">The mailbox at the time of connecting.</param>
    /// <param name="path">The file of a sandbox.</param>
    /// <param name="backing">What stands behind the connection and ends with it.</param>
    internal MsMailbox(IMailbox connection, MailboxInfo info, string? path, IDisposable? backing)
        : this(connection, info, backing) => Path = path;

    /// <summary>A live mailbox.</summary>
    /// <param name="connection">The connection; owned from here on.</param>
    /// <param name="info">The mailbox at the time of connecting.</param>
    /// <param name="session">The sign-in; owned from here on.</param>
    internal MsMailbox(IMailbox connection, MailboxInfo info, SignInSession session)
        : this(connection, info, (IDisposable)session) => _session = session;

    private MsMailbox(IMailbox connection, MailboxInfo info, IDisposable? backing)
    {
        _connection = connection;
        _backing = backing;
        Address = info.Address;
        DisplayName = info.DisplayName;
        Kind = info.Kind.ToString();
        IsConnected = true;

        // A script may end without disconnecting; what is kept in a file is then put in order all the same.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The SMTP address.</summary>
    public string Address { get; }

    /// <summary>What people call the mailbox.</summary>
    public string DisplayName { get; }

    /// <summary>Organization, Personal or Sandbox.</summary>
    public string Kind { get; }

    /// <summary>The file of a sandbox; null for a mailbox of a service.</summary>
    public string? Path { get; }

    /// <summary>Who signed in; null for a sandbox.</summary>
    public string? Account => SignIn?.Account;

    /// <summary>Whether it can still be used.</summary>
    public bool IsConnected { get; private set; }

    /// <exception cref="Mapi.MailDataException">MailboxDisconnected.</exception>
    internal IMailbox Connection => IsConnected ? _connection : throw MailboxErrors.Disconnected(Address);

    /// <summary>The sign-in as it is now; null for a sandbox.</summary>
    internal SignInInfo? SignIn => _session?.Info;

    /// <summary>Removes the sign-in from what is kept for later.</summary>
    /// <exception cref="Mapi.MailDataException">It cannot be removed.</exception>
    internal Task ForgetAsync() => _session?.ForgetAsync() ?? Task.CompletedTask;

    /// <summary>Disconnects. A second time does nothing.</summary>
    public void Dispose()
    {
        if (IsConnected)
        {
            IsConnected = false;
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            _connection.Dispose();
            _backing?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Address;

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();
}
