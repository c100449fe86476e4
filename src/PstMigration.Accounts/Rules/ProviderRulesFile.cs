namespace PstMigration.Accounts.Rules;

/// <summary>Reads one file of rules.</summary>
internal static class ProviderRulesFile
{
    private const int Schema = 1;
    private const int MaxSize = 4 * 1024 * 1024;

    /// <summary>A file of the module itself.</summary>
    public static ProviderRulesPart ReadEmbedded(string name, IReadOnlyList<MailProvider> earlier)
    {
        using Stream stream = typeof(ProviderRulesFile).Assembly.GetManifestResourceStream("PstMigration.Accounts." + name)
            ?? throw new InvalidOperationException(name);
        return Read(stream, name, earlier);
    }

    /// <summary>A file that may say what it changes in others.</summary>
    /// <param name="stream">Its bytes: UTF-8.</param>
    /// <param name="file">Its name, for messages and evidence.</param>
    /// <param name="earlier">Providers it may extend or replace.</param>
    /// <exception cref="AccountsException">ProviderRulesInvalid with the place.</exception>
    public static ProviderRulesPart Read(Stream stream, string file, IReadOnlyList<MailProvider> earlier)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[81_920];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxSize)
            {
                throw AccountsException.ProviderRulesInvalid(file, Strings.RuleRoot, Strings.RuleFileTooLong);
            }
        }

        JsonField root = JsonField.Parse(bytes.ToArray(), file);
        root.AllowOnly("license", "origin", "note", "schema", "version", "checked", "providers", "clients", "notices");
        if (root.Required("schema").Number(0, int.MaxValue) != Schema)
        {
            throw root.Required("schema").Invalid(Strings.RuleSchemaUnknown);
        }

        DateTimeOffset? checkedOn = root.Optional("checked")?.Date();
        Dictionary<string, MailProvider> providers = earlier.ToDictionary(p => p.Id, StringComparer.Ordinal);
        HashSet<string> own = new(StringComparer.Ordinal);
        foreach (JsonField field in root.List("providers"))
        {
            MailProvider provider = ReadProvider(field, providers, file, checkedOn);
            if (!own.Add(provider.Id))
            {
                throw field.Invalid(string.Format(System.Globalization.CultureInfo.CurrentCulture, Strings.RuleNameTwice, provider.Id));
            }

            providers[provider.Id] = provider;
        }

        return new ProviderRulesPart(
            root.Required("version").Version(),
            checkedOn,
            [.. providers.Values],
            [.. root.List("clients").Select(ClientRule.Read)],
            [.. root.List("notices").Select(NoticeRule.Read)]);
    }

    private static MailProvider ReadProvider(JsonField field, Dictionary<string, MailProvider> providers, string file, DateTimeOffset? checkedOn)
    {
        field.AllowOnly("id", "extends", "replaces", "name", "issuer", "domains", "removeDomains", "domainSuffixes", "probable", "mx", "hosts", "servers", "oauth", "rules", "notices", "checked");
        MailProvider? extended = null;
        if (field.Optional("extends") is JsonField extends)
        {
            extended = Take(extends, providers);
        }

        foreach (JsonField replaced in field.List("replaces"))
        {
            Take(replaced, providers);
        }

        string[] removed = [.. field.List("removeDomains").Select(d => d.HostName())];
        MailProviderServer[] servers = [.. field.List("servers").Select(MailProviderServer.Read)];
        return new MailProvider
        {
            Id = field.Required("id").Text(),
            Name = field.Required("name").Text(),
            Issuer = field.Optional("issuer")?.Text() ?? extended?.Issuer,
            Domains = [.. (extended?.Domains ?? []).Concat(field.List("domains").Select(d => d.HostName())).Except(removed)],
            DomainSuffixes = [.. (extended?.DomainSuffixes ?? []).Concat(field.List("domainSuffixes").Select(d => d.HostName()))],
            ProbableLabels = [.. (extended?.ProbableLabels ?? []).Concat(field.List("probable").Select(d => d.HostName()))],
            MxSuffixes = [.. (extended?.MxSuffixes ?? []).Concat(field.List("mx").Select(d => d.HostName()))],
            Hosts = [.. (extended?.Hosts ?? []).Concat(field.List("hosts").Select(d => d.HostName()))],
            Servers = servers.Length > 0 ? servers : extended?.Servers ?? [],
            OAuth = field.Optional("oauth") is JsonField oauth ? [.. oauth.Items().Select(p => p.Choice<MailProtocol>())] : extended?.OAuth ?? [],
            Rules = field.Optional("rules") is JsonField rules ? [.. rules.Items().Select(SignInRule.Read)] : extended?.Rules ?? [],
            Notices = field.Optional("notices") is JsonField notices ? [.. notices.Items().Select(NoticeRule.Read)] : extended?.Notices ?? [],
            Checked = field.Optional("checked")?.Date() ?? checkedOn,
            File = file,
        };
    }

    private static MailProvider Take(JsonField name, Dictionary<string, MailProvider> providers)
    {
        string id = name.Text();
        MailProvider provider = providers.TryGetValue(id, out MailProvider? found) ? found
            : throw name.Invalid(string.Format(System.Globalization.CultureInfo.CurrentCulture, Strings.RuleProviderUnknown, id));
        providers.Remove(id);
        return provider;
    }
}
