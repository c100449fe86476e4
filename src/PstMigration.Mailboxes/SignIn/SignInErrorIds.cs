using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of the sign-in: each usual failure is its own. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class SignInErrorIds
{
    public static readonly ErrorId AccountBlocked = new(nameof(AccountBlocked), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId AccountUnknown = new(nameof(AccountUnknown), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId AddressInvalid = new(nameof(AddressInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId AppMisconfigured = new(nameof(AppMisconfigured), ErrorKind.InvalidOperation, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId AppUnknown = new(nameof(AppUnknown), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId BrowserUnavailable = new(nameof(BrowserUnavailable), ErrorKind.NotInstalled, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId CertificateExpired = new(nameof(CertificateExpired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId CertificateNotFound = new(nameof(CertificateNotFound), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId CertificateNotRegistered = new(nameof(CertificateNotRegistered), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId CertificateUnreadable = new(nameof(CertificateUnreadable), ErrorKind.InvalidData, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId CertificateWithoutKey = new(nameof(CertificateWithoutKey), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ClientIdInvalid = new(nameof(ClientIdInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ClientIdMissing = new(nameof(ClientIdMissing), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ClockWrong = new(nameof(ClockWrong), ErrorKind.InvalidOperation, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ConditionalAccessBlocked = new(nameof(ConditionalAccessBlocked), ErrorKind.Denied, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ConsentDeclined = new(nameof(ConsentDeclined), ErrorKind.Denied, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ConsentRequired = new(nameof(ConsentRequired), ErrorKind.Denied, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId DeviceCodeExpired = new(nameof(DeviceCodeExpired), ErrorKind.Timeout, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MailboxRequired = new(nameof(MailboxRequired), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ManagedIdentityUnavailable = new(nameof(ManagedIdentityUnavailable), ErrorKind.Unavailable, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MgGraphNotConnected = new(nameof(MgGraphNotConnected), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MgGraphNotLoaded = new(nameof(MgGraphNotLoaded), ErrorKind.NotInstalled, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId MultifactorRequired = new(nameof(MultifactorRequired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ProxyInvalid = new(nameof(ProxyInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SecretEmpty = new(nameof(SecretEmpty), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SecretExpired = new(nameof(SecretExpired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SecretInvalid = new(nameof(SecretInvalid), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SignInCanceled = new(nameof(SignInCanceled), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SignInExpired = new(nameof(SignInExpired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SignInFailed = new(nameof(SignInFailed), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SignInRequired = new(nameof(SignInRequired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SignInRevoked = new(nameof(SignInRevoked), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SignInUnavailable = new(nameof(SignInUnavailable), ErrorKind.Unavailable, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TenantInvalid = new(nameof(TenantInvalid), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TenantMissing = new(nameof(TenantMissing), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TenantUnknown = new(nameof(TenantUnknown), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TokenCacheExposed = new(nameof(TokenCacheExposed), ErrorKind.Security, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TokenCacheUnavailable = new(nameof(TokenCacheUnavailable), ErrorKind.NotSupported, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TokenEmpty = new(nameof(TokenEmpty), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TokenExpired = new(nameof(TokenExpired), ErrorKind.Authentication, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId TokenOfAnotherService = new(nameof(TokenOfAnotherService), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId WorkloadIdentityMissing = new(nameof(WorkloadIdentityMissing), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId WrongCloud = new(nameof(WrongCloud), ErrorKind.InvalidArgument, Strings.ResourceManager, endsRun: true);
}
