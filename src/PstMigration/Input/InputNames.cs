namespace PstMigration;

/// <summary>Names and aliases of the parameters that bind by property, for <see cref="ObjectTransformationAttribute.Properties"/>.</summary>
internal static class InputNames
{
    internal const string Addresses = "Address EmailAddress UserPrincipalName PrimarySmtpAddress Mail";
    internal const string Mailbox = "Mailbox " + Addresses;
    internal const string Account = "Account " + Addresses;
    internal const string Transfer = "Id TransferId";
}
