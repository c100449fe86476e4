using System;

namespace PstMigration.Mapi;

/// <summary>Something is wrong with mail data or where it lies. <see cref="Id"/> is stable; cmdlets use it as the error id.</summary>
public class MailDataException : Exception
{
    private static readonly string[] s_endRun =
    [
        "AccessDenied", "DiskFull", "TreeWriteFailed",
        "MailboxAccessDenied", "MailboxDisconnected", "MailboxFull", "MailboxHostNotAllowed", "MailboxNotFound", "MailboxSignInLost", "MailboxThrottled",
        "MailboxUnavailable", "MailboxUnreachable", "SandboxCannotOpen", "SandboxInUse",
        "PstNeedsRepair", "PstNodeIdsExhausted", "PstSizeLimit", "PstWriteFailed",
    ];

    private readonly bool? _endsRun;

    /// <summary>An error.</summary>
    /// <param name="id">A stable noun phrase in Pascal case, such as PstTruncated.</param>
    /// <param name="message">For people, in their language.</param>
    /// <param name="innerException">The cause.</param>
    public MailDataException(string id, string message, Exception? innerException = null)
        : base(message, innerException) => Id = id ?? throw new ArgumentNullException(nameof(id));

    /// <summary>The stable id.</summary>
    public string Id { get; }

    /// <summary>Whether nothing more can be read or written after it, so that a run ends: a full disk, a lost sign-in.</summary>
    public bool EndsRun
    {
        get => _endsRun ?? Array.IndexOf(s_endRun, Id) >= 0;
        init => _endsRun = value;
    }
}
