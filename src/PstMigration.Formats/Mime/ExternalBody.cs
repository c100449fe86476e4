using System.Text;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>
/// A message/external-body (RFC 2046 5.2.3, RFC 2017): the content is elsewhere. Where that is an address on the web or of FTP the attachment becomes a
/// shortcut to it ([MS-OXCMAIL] 2.2.3.5); of any other the whole part is kept as text. Nothing is ever fetched.
/// </summary>
internal static class ExternalBody
{
    /// <summary>A shortcut is opened by a click: none leads to a script or to a server of files that asks for a password.</summary>
    private static readonly string[] s_schemes = ["http://", "https://", "ftp://"];

    public static bool IsOne(MimeEntity part) => part.ContentType.IsMimeType("message", "external-body");

    /// <summary>The name of the file and its content.</summary>
    public static (string Name, byte[] Content) Read(MimeEntity part)
    {
        ParameterList parameters = part.ContentType.Parameters;
        string name = parameters["name"]?.Trim() ?? "";
        string? url = parameters["access-type"]?.Trim().ToUpperInvariant() switch
        {
            // RFC 2017: white space only breaks lines.
            "URL" => string.Concat((parameters["url"] ?? "").Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))),
            "ANON-FTP" or "FTP" => Ftp(parameters, name),
            _ => null,
        };
        if (!Array.Exists(s_schemes, s => url?.StartsWith(s, StringComparison.OrdinalIgnoreCase) == true))
        {
            using MemoryStream whole = new();
            part.WriteTo(MimeExport.Format(), whole);
            return ("", whole.ToArray());
        }

        int slash = url!.TrimEnd('/').LastIndexOf('/');
        string called = name.Length > 0 ? name : url.TrimEnd('/').Substring(slash + 1).Split('?', '#')[0];
        return (WithoutEnding(called.Length > 0 ? called.Replace('\\', '/').Split('/').Last() : "link") + ".url", Encoding.UTF8.GetBytes("[InternetShortcut]\r\nURL=" + url + "\r\n"));
    }

    private static string Ftp(ParameterList parameters, string name)
    {
        string mode = parameters["mode"]?.Trim().ToUpperInvariant() switch { "ASCII" => ";type=a", "IMAGE" => ";type=i", _ => "" };
        string[] path = [parameters["site"]?.Trim() ?? "", (parameters["directory"] ?? "").Trim().Trim('/'), name];
        return path[0].Length == 0 ? "" : MimeAddresses.Clean("ftp://" + string.Join("/", path.Where(s => s.Length > 0)) + mode);
    }

    private static string WithoutEnding(string name) => name.LastIndexOf('.') is > 0 and int dot ? name.Substring(0, dot) : name;
}
