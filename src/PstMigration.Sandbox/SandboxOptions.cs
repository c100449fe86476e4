using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>How a <see cref="SandboxMailbox"/> is opened. <see cref="Address"/> and <see cref="Language"/> count only when the file is made.</summary>
public sealed record SandboxOptions
{
    /// <summary>The address of the mailbox, kept in the file. Null: rehearsal@sandbox.invalid for a new file, what is stored for an old one.</summary>
    public string? Address { get; init; }

    /// <summary>The language of the default folders' names: Japanese for ja, English otherwise.</summary>
    public CultureInfo Language { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>What is assumed about the service.</summary>
    public SandboxBehaviour Behaviour { get; init; } = new();

    /// <summary>When to throttle and to refuse.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>Every clock and every wait.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long an answer takes at least.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>How long a new item stays hidden from <c>$filter</c>; see <see cref="SandboxBehaviour.DelaysVisibilityInFilters"/>.</summary>
    public TimeSpan VisibilityDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a delta token is good for.</summary>
    public TimeSpan DeltaTokenLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long an upload session is good for.</summary>
    public TimeSpan UploadSessionLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a session that imports items is good for.</summary>
    public TimeSpan ImportSessionLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The file of the archive of this mailbox, a sandbox by itself, made where there is none; null for a mailbox without an archive.</summary>
    public string? ArchivePath { get; init; }

    /// <summary>What was opened at <see cref="ArchivePath"/>.</summary>
    internal SandboxMailbox? Archive { get; init; }

    /// <summary>Whether the account is a personal one: import and export are not there then (403).</summary>
    public bool IsPersonalAccount { get; init; }

    /// <summary>
    /// The permissions the token is taken to have where import and export ask for one, such as <c>MailboxItem.Export</c> or <c>MailboxItem.Export.All</c>; null for all. Without one that is
    /// enough the answer is 403.
    /// </summary>
    public IReadOnlyCollection<string>? Permissions { get; init; }

    /// <summary>
    /// The beginning of upload URLs. Null: https://outlook.office.com for requests to a Microsoft host, the request's own authority
    /// otherwise, so that a sandbox on a socket is reached on that socket.
    /// </summary>
    public Uri? UploadBase { get; init; }

    /// <summary>Whether a request without a bearer token is answered 401. Any token will do: the sandbox knows no sign-in.</summary>
    public bool RequiresAuthorization { get; init; }
}
