using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Files that mail programs, servers and desktops keep beside mail for themselves: indexes, lists of what is subscribed to, views. No mail is in them.</summary>
internal static class ProgramFiles
{
    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Thunderbird
        "msgFilterRules.dat", "popstate.dat", "filterlog.html", "junklog.html", "feeditems.rdf", "feeds.rdf", "feeds.json", "feeditems.json",

        // Apple Mail
        "Info.plist", "table_of_contents", "mbox.SKIndex", "content_index",

        // Dovecot, Courier, mbsync, OfflineIMAP, notmuch
        "maildirfolder", "maildirsize", "subscriptions", "courierimapuiddb",
        "courierimapsubscribed", "courierimapacl", "courierpop3dsizelist",

        // Desktops
        "Thumbs.db", "desktop.ini",
    };

    private static readonly string[] s_extensions = [".msf", ".wdseml", ".mozeml", ".lock", ".ibex", ".cmeta"];
    private static readonly string[] s_beginnings = ["dovecot"];

    /// <summary>Whether a file is one of them; so is every hidden one, which a Maildir knows no mail in.</summary>
    /// <param name="name">Its name, without its directory.</param>
    public static bool IsSetting(string name) =>
        name[0] == '.' || s_names.Contains(name) || s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        || s_beginnings.Any(b => name.StartsWith(b, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether Thunderbird has an index of a folder beside it, by which its files can be told.</summary>
    /// <param name="path">The full path of the folder's file or directory.</param>
    public static bool HasIndex(string path) => File.Exists(LongPath.Of(path + ".msf"));
}
