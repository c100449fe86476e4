namespace PstMigration.Accounts.Rules;

/// <summary>What is known after a file was read: all providers so far, and what the file itself says of all accounts and of programs.</summary>
/// <param name="Version">The file's version.</param>
/// <param name="Checked">The day the file was last checked against what providers publish; null where it does not say.</param>
/// <param name="Providers">All providers so far.</param>
/// <param name="Clients">The programs the file speaks of.</param>
/// <param name="Notices">What the file tells everybody it concerns, whoever the provider is.</param>
internal sealed record ProviderRulesPart(
    Version Version, DateTimeOffset? Checked, IReadOnlyList<MailProvider> Providers, IReadOnlyList<ClientRule> Clients, IReadOnlyList<NoticeRule> Notices);
