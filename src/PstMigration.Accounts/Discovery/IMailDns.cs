namespace PstMigration.Accounts.Discovery;

/// <summary>Asks DNS where a domain's mail goes.</summary>
internal interface IMailDns
{
    /// <summary>Mail exchangers, the preferred first, in lower case without a dot at the end; empty where the domain has none.</summary>
    /// <exception cref="System.IO.IOException">DNS did not answer.</exception>
    Task<IReadOnlyList<string>> FindMailExchangersAsync(string domain, CancellationToken cancellationToken);
}
