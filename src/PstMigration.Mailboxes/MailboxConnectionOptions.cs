using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>What a connection to a mailbox is made of.</summary>
public sealed class MailboxConnectionOptions
{
    /// <summary>Where Microsoft Graph is reached in the global cloud.</summary>
    public static readonly Uri GraphAddress = new("https://graph.microsoft.com/v1.0");

    /// <summary>Where a sandbox is reached: a name no network knows.</summary>
    public static readonly Uri SandboxAddress = new("https://sandbox.invalid/v1.0");

    private readonly Uri? _baseAddress;

    /// <summary>The SMTP address (or user principal name) of the mailbox.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// Whether the mailbox is the signed-in user's own and addressed as such (<c>/me</c>); personal accounts cannot be
    /// addressed any other way. Otherwise it is addressed by <see cref="Address"/>.
    /// </summary>
    public bool IsSignedInUser { get; init; }

    /// <summary>What stands behind the address.</summary>
    public MailboxKind Kind { get; init; } = MailboxKind.Organization;

    /// <summary>
    /// The service's address with its version. Of Microsoft Graph in one of its clouds, unless the kind is a sandbox. By default
    /// <see cref="GraphAddress"/> or <see cref="SandboxAddress"/>, by kind.
    /// </summary>
    public Uri BaseAddress
    {
        get => _baseAddress ?? (Kind == MailboxKind.Sandbox ? SandboxAddress : GraphAddress);
        init => _baseAddress = value;
    }

    /// <summary>Tokens for the service; null for a sandbox that asks for none.</summary>
    public IAccessTokenSource? Tokens { get; init; }

    /// <summary>The app registration the tokens are for; requests are counted per app and mailbox.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>What really sends, such as a sandbox. Null: the network. Not disposed by the connection.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How the network is reached, where no handler stands in its place.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The clock of all limits and pauses.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What may be asked of the mailbox.</summary>
    public MailboxLimits Limits { get; init; } = new();

    /// <summary>The folder through which processes keep the limits of a mailbox together; null where this one keeps them alone.</summary>
    public string? LimitsFolder { get; init; }

    /// <summary>How long one request may take, waiting for its turn not counted.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
