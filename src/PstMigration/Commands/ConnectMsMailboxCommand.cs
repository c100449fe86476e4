using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mailboxes;

namespace PstMigration.Commands;

/// <summary>
/// Connects to a mailbox: a live one in one of several ways to sign in, or with <c>-Sandbox</c> one kept in a file on this machine, made where it does not exist.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "MsMailbox", DefaultParameterSetName = InteractiveSet)]
[OutputType(typeof(MsMailbox))]
public sealed class ConnectMsMailboxCommand : AsyncCommand
{
    private const string InteractiveSet = "Interactive";
    private const string DeviceCodeSet = "DeviceCode";
    private const string CertificateSet = "AppOnlyCertificate";
    private const string CertificateFileSet = "AppOnlyCertificateFile";
    private const string SecretSet = "AppOnlySecret";
    private const string WorkloadSet = "WorkloadIdentity";
    private const string ManagedSet = "ManagedIdentity";
    private const string TokenSet = "Token";
    private const string MgGraphSet = "MgGraph";
    private const string SandboxSet = "Sandbox";

    /// <summary>Who signs in; of a new sandbox, its address.</summary>
    [Parameter(Position = 0, ParameterSetName = InteractiveSet)]
    [Parameter(Position = 0, ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = SandboxSet)]
    [Alias("Account", "UserPrincipalName")]
    [ValidateNotNullOrEmpty]
    public string? Address { get; set; }

    /// <summary>The mailbox to open, where it is not that of the one who signs in.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WorkloadSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ManagedSet)]
    [Parameter(Position = 0, ParameterSetName = TokenSet)]
    [Parameter(Position = 0, ParameterSetName = MgGraphSet)]
    [ValidateNotNullOrEmpty]
    public string? Mailbox { get; set; }

    /// <summary>Signs in with a code that is entered in a browser anywhere.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>The certificate of an application, by its thumbprint in the store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [ValidateNotNullOrEmpty]
    public string CertificateThumbprint { get; set; } = "";

    /// <summary>The certificate of an application, a .pfx file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [ValidateNotNullOrEmpty]
    public string CertificatePath { get; set; } = "";

    /// <summary>The password of the .pfx file.</summary>
    [Parameter(ParameterSetName = CertificateFileSet)]
    [SecretTransformation]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The secret of an application.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [SecretTransformation]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The token the platform gives, such as Kubernetes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkloadSet)]
    public SwitchParameter WorkloadIdentity { get; set; }

    /// <summary>The identity of the Azure machine this runs on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManagedSet)]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>A token for Microsoft Graph.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [SecretTransformation]
    public SecureString? AccessToken { get; set; }

    /// <summary>The session of Connect-MgGraph.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MgGraphSet)]
    public SwitchParameter MgGraph { get; set; }

    /// <summary>The tenant, by id or domain.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = WorkloadSet)]
    [Alias("Tenant", "Organization")]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The app registration.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateFileSet)]
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = WorkloadSet)]
    [Parameter(ParameterSetName = ManagedSet)]
    [Alias("AppId")]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The cloud.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = WorkloadSet)]
    [Parameter(ParameterSetName = ManagedSet)]
    [Parameter(ParameterSetName = TokenSet)]
    public MailboxEnvironment Environment { get; set; }

    /// <summary>Asks nobody: for jobs.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    public SwitchParameter Silent { get; set; }

    /// <summary>Asks for the right to mail alone.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    public SwitchParameter MailOnly { get; set; }

    /// <summary>Where the sign-in is kept.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    public SignInCache TokenCache { get; set; }

    /// <summary>The proxy, where it is not the system's.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = WorkloadSet)]
    [Parameter(ParameterSetName = ManagedSet)]
    [Parameter(ParameterSetName = TokenSet)]
    public Uri? Proxy { get; set; }

    /// <summary>What a proxy that asks for a sign-in gets.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = CertificateFileSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = WorkloadSet)]
    [Parameter(ParameterSetName = ManagedSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The file of the sandbox.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SandboxSet)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Sandbox { get; set; } = "";

    /// <summary>The language of the default folders of a new sandbox; the session's where not given.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    /// <summary>Leaves out the service's limits, which a sandbox keeps like the service: more time for a large file.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public SwitchParameter NoThrottling { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        MailboxRegistry registry = await OnPipelineAsync(() => MailboxRegistry.Of(this)).ConfigureAwait(false);
        MsMailbox mailbox = ParameterSetName == SandboxSet
            ? await OpenSandboxAsync(registry, cancellationToken).ConfigureAwait(false)
            : await SignInAsync(cancellationToken).ConfigureAwait(false);
        registry.Add(mailbox);
        WriteObject(mailbox);
    }

    private async Task<MsMailbox> OpenSandboxAsync(MailboxRegistry registry, CancellationToken cancellationToken)
    {
        string path = await OnPipelineAsync(() => FileSystemPaths.Full(this, Sandbox)).ConfigureAwait(false);
        return await SandboxConnector.ConnectAsync(registry, path, Address, Culture, NoThrottling, WriteWarning, WriteDebug, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<MsMailbox> SignInAsync(CancellationToken cancellationToken)
    {
        if (CertificatePassword == SecretTransformationAttribute.PlainText || ClientSecret == SecretTransformationAttribute.PlainText
            || AccessToken == SecretTransformationAttribute.PlainText)
        {
            throw MailboxErrors.SecretNotSecure();
        }

        SignInRequest request = await RequestAsync().ConfigureAwait(false);
        return await new LiveConnector(Streams).ConnectAsync(request, WriteDebug, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SignInRequest> RequestAsync() => new()
    {
        Method = ParameterSetName switch
        {
            DeviceCodeSet => SignInMethod.DeviceCode,
            CertificateSet or CertificateFileSet => SignInMethod.Certificate,
            SecretSet => SignInMethod.ClientSecret,
            WorkloadSet => SignInMethod.WorkloadIdentity,
            ManagedSet => SignInMethod.ManagedIdentity,
            TokenSet => SignInMethod.Token,
            MgGraphSet => SignInMethod.MgGraph,
            _ => SignInMethod.Interactive,
        },
        Cloud = (MailboxCloud)Environment,
        ClientId = ClientId,
        TenantId = TenantId,
        Account = Address,
        Mailbox = Mailbox,
        MailOnly = MailOnly,
        Silent = Silent,
        Cache = MyInvocation.BoundParameters.ContainsKey(nameof(TokenCache)) ? (TokenCacheKind)TokenCache : null,
        Certificate = await CertificateAsync().ConfigureAwait(false),
        Secret = ClientSecret ?? AccessToken,
        Show = ShowToPerson,
        Network = new NetworkOptions(Proxy, ProxyCredential?.GetNetworkCredential()),
        Clock = Clock,
    };

    private async Task<X509Certificate2?> CertificateAsync() => ParameterSetName switch
    {
        CertificateSet => Certificates.FromStore(CertificateThumbprint),
        CertificateFileSet => Certificates.FromFile(
            await OnPipelineAsync(() => FileSystemPaths.Full(this, CertificatePath)).ConfigureAwait(false), CertificatePassword),
        _ => null,
    };

    /// <summary>What a person has to see now, whatever the preferences.</summary>
    private void ShowToPerson(string text) => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);
}
