using System.Net.Http;
using System.Security;
using System.Security.Cryptography.X509Certificates;

namespace PstMigration.Mailboxes;

/// <summary>Who signs in, how, and for what.</summary>
public sealed class SignInRequest
{
    /// <summary>How. What each method needs is with the properties.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>The cloud.</summary>
    public MailboxCloud Cloud { get; init; }

    /// <summary>The app registration (Application ID); of <see cref="SignInMethod.ManagedIdentity"/> a user-assigned identity's, or null for the system's.</summary>
    public string? ClientId { get; init; }

    /// <summary>The tenant, by id or domain. An application needs one; null lets people of every tenant and with personal accounts in.</summary>
    public string? TenantId { get; init; }

    /// <summary>Who signs in, by address; null for whoever is chosen.</summary>
    public string? Account { get; init; }

    /// <summary>The mailbox to open, by address; null for that of the person who signs in.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Leaves out contacts, calendars and tasks: only the right to mail is asked for.</summary>
    public bool MailOnly { get; init; }

    /// <summary>Never asks a person: what cannot be done without is an error.</summary>
    public bool Silent { get; init; }

    /// <summary>Where the sign-in is kept; null for what this computer has been using, else <see cref="TokenCacheKind.Encrypted"/>.</summary>
    public TokenCacheKind? Cache { get; init; }

    /// <summary>The folder of the cache; null for the user's own.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The folder through which processes keep the limits of mailboxes together; null for the user's own.</summary>
    public string? LimitsFolder { get; init; }

    /// <summary>Of <see cref="SignInMethod.Certificate"/>: the certificate with its private key.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Of <see cref="SignInMethod.ClientSecret"/> the secret, of <see cref="SignInMethod.Token"/> the token.</summary>
    public SecureString? Secret { get; init; }

    /// <summary>Shows a person what to do: the page to go to and the code to enter there. Needed by <see cref="SignInMethod.DeviceCode"/>.</summary>
    public Action<string>? Show { get; init; }

    /// <summary>How the network is reached.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What really sends, in place of the network. Tests alone have one.</summary>
    internal HttpMessageHandler? Handler { get; init; }

    /// <summary>The variables of the process. Tests alone have others.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether the mailbox is somebody else's that was shared with the one who signs in.</summary>
    internal bool IsShared => Mailbox is not null && !string.Equals(Mailbox, Account, StringComparison.OrdinalIgnoreCase);

    /// <summary>The endpoints of the cloud.</summary>
    internal CloudEndpoints Endpoints => CloudEndpoints.Of(Cloud);
}
