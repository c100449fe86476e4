namespace PstMigration.Accounts.Rules;

/// <summary>What is known after a file was read: all providers so far, and the programs the file itself speaks of.</summary>
internal sealed record ProviderRulesPart(Version Version, IReadOnlyList<MailProvider> Providers, IReadOnlyList<ClientRule> Clients);
