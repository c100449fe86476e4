namespace PstMigration.Accounts.Rules;

/// <summary>A server as its provider publishes it, with every sign-in it takes.</summary>
internal sealed record MailProviderServer(MailServer Server, IReadOnlyList<MailAuthentication> Authentication)
{
    /// <summary>Whether a password opens it.</summary>
    public bool TakesPassword => Authentication.Any(a => a is MailAuthentication.Password or MailAuthentication.EncryptedPassword or MailAuthentication.Ntlm or MailAuthentication.None);

    /// <summary>Reads one.</summary>
    public static MailProviderServer Read(JsonField field)
    {
        field.AllowOnly("protocol", "host", "port", "security", "authentication", "user");
        MailAuthentication[] authentication = [.. field.Required("authentication").Items().Select(a => a.Choice<MailAuthentication>())];
        if (authentication.Length == 0)
        {
            throw field.Required("authentication").Invalid(Strings.RuleTextEmpty);
        }

        // Some names in the ISPDB hold a place for the domain of the address.
        string host = field.Required("host").Text().ToLowerInvariant();
        if (!HostName.IsValid(host.Replace(DomainPlace, "example.com")))
        {
            throw field.Required("host").Invalid(string.Format(System.Globalization.CultureInfo.CurrentCulture, Strings.RuleHostInvalid, host));
        }

        return new MailProviderServer(
            new MailServer
            {
                Protocol = field.Required("protocol").Choice<MailProtocol>(),
                Host = host,
                Port = field.Required("port").Number(1, ushort.MaxValue),
                Security = field.Required("security").Choice<MailSecurity>(),
                Authentication = authentication[0],
                UserName = field.Optional("user")?.Text(),
            },
            authentication);
    }

    /// <summary>Stands for the domain of the address.</summary>
    public const string DomainPlace = "%emaildomain%";
}
