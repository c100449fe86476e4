using System.Globalization;
using System.Text.RegularExpressions;

namespace PstMigration.Accounts;

/// <summary>A mail program and its version, such as <c>Outlook 2016</c>, <c>Outlook 365</c>, <c>New Outlook</c> or <c>Thunderbird 128</c>.</summary>
public sealed class MailClient
{
    private static readonly Dictionary<string, MailClientKind> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["outlook"] = MailClientKind.OutlookClassic,
        ["classic outlook"] = MailClientKind.OutlookClassic,
        ["outlook classic"] = MailClientKind.OutlookClassic,
        ["microsoft outlook"] = MailClientKind.OutlookClassic,
        ["office"] = MailClientKind.OutlookClassic,
        ["new outlook"] = MailClientKind.OutlookNew,
        ["outlook new"] = MailClientKind.OutlookNew,
        ["outlook for windows"] = MailClientKind.OutlookNew,
        ["outlook for mac"] = MailClientKind.OutlookMac,
        ["outlook mac"] = MailClientKind.OutlookMac,
        ["outlook mobile"] = MailClientKind.OutlookMobile,
        ["outlook for ios"] = MailClientKind.OutlookMobile,
        ["outlook for android"] = MailClientKind.OutlookMobile,
        ["thunderbird"] = MailClientKind.Thunderbird,
        ["betterbird"] = MailClientKind.Thunderbird,
        ["windows mail"] = MailClientKind.WindowsMail,
        ["mail and calendar"] = MailClientKind.WindowsMail,
        ["windows live mail"] = MailClientKind.WindowsLiveMail,
        ["outlook express"] = MailClientKind.WindowsLiveMail,
        ["apple mail"] = MailClientKind.AppleMail,
    };

    private const int LongestText = 256;

    private static readonly Regex s_text = new(@"^(?<name>\D*?)\s*(?<version>\d+(\.\d+){0,3})?$", RegexOptions.CultureInvariant);

    /// <summary>A program.</summary>
    public MailClient(MailClientKind kind, Version? version = null, string? product = null)
    {
        Kind = kind;
        Version = version;
        Product = product;
    }

    /// <summary>Which program.</summary>
    public MailClientKind Kind { get; }

    /// <summary>Its version; for Outlook the build (14.0 is 2010, 15.0 2013, 16.0 2016 and all later).</summary>
    public Version? Version { get; }

    /// <summary>The edition where it matters, as Office calls it: O365ProPlusRetail, Outlook 2016.</summary>
    public string? Product { get; }

    /// <summary>Whether Outlook is kept current by a subscription. Only such a build got every change of sign-in.</summary>
    public bool IsSubscription => Product is string product
        && (product.IndexOf("365", StringComparison.Ordinal) >= 0 || product.IndexOf("Mondo", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Reads the written form. A name nobody knows is <see cref="MailClientKind.Other"/>.</summary>
    public static MailClient Parse(string text)
    {
        string trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        Match match = trimmed.Length <= LongestText ? s_text.Match(trimmed) : Match.Empty;
        if (!match.Success)
        {
            return new MailClient(MailClientKind.Other, null, trimmed);
        }

        string name = match.Groups["name"].Value;
        string number = match.Groups["version"].Value;
        if (name.EndsWith("LTSC", StringComparison.OrdinalIgnoreCase))
        {
            name = name.Substring(0, name.Length - 4).TrimEnd();
        }

        if (string.Equals(name, "Outlook for Microsoft", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "Microsoft", StringComparison.OrdinalIgnoreCase))
        {
            name = "Outlook";
        }

        if (!s_names.TryGetValue(name, out MailClientKind kind))
        {
            return new MailClient(MailClientKind.Other, ParseVersion(number), trimmed);
        }

        return kind == MailClientKind.OutlookClassic ? Outlook(number, trimmed) : new MailClient(kind, ParseVersion(number), null);
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MailClientKind.OutlookClassic => Product is null ? "Outlook " + Year(Version)
            : Product.IndexOf("Outlook", StringComparison.OrdinalIgnoreCase) >= 0 ? Product : "Outlook (" + Product + ")",
        MailClientKind.OutlookNew => "New Outlook",
        MailClientKind.OutlookMac => "Outlook for Mac",
        MailClientKind.OutlookMobile => "Outlook mobile",
        MailClientKind.WindowsMail => "Windows Mail",
        MailClientKind.WindowsLiveMail => "Windows Live Mail",
        MailClientKind.AppleMail => "Apple Mail",
        MailClientKind.Thunderbird => Version is null ? "Thunderbird" : "Thunderbird " + Version.Major.ToString(CultureInfo.InvariantCulture),
        MailClientKind.Other => Product ?? "-",
        _ => "-",
    };

    private static MailClient Outlook(string number, string text) => number switch
    {
        "" => new MailClient(MailClientKind.OutlookClassic),
        "365" => new MailClient(MailClientKind.OutlookClassic, new Version(16, 0), text),
        "2003" => new MailClient(MailClientKind.OutlookClassic, new Version(11, 0), text),
        "2007" => new MailClient(MailClientKind.OutlookClassic, new Version(12, 0), text),
        "2010" => new MailClient(MailClientKind.OutlookClassic, new Version(14, 0), text),
        "2013" => new MailClient(MailClientKind.OutlookClassic, new Version(15, 0), text),
        "2016" or "2019" or "2021" or "2024" => new MailClient(MailClientKind.OutlookClassic, new Version(16, 0), text),
        _ => new MailClient(MailClientKind.OutlookClassic, ParseVersion(number)),
    };

    private static Version? ParseVersion(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return Version.TryParse(text.IndexOf('.') < 0 ? text + ".0" : text, out Version? version) ? version : null;
    }

    private static string Year(Version? version) => version?.Major switch
    {
        null => "",
        11 => "2003",
        12 => "2007",
        14 => "2010",
        15 => "2013",
        16 => "2016 or later",
        int major => major.ToString(CultureInfo.InvariantCulture),
    };
}
