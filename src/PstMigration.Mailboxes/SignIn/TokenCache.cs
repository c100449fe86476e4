using System.Text.Json;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensions.Msal;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The sign-ins of people on this computer, one file (or entry of the system's keyring) for each app registration and cloud. Several processes may use it at once.
/// </summary>
internal sealed class TokenCache
{
    private const string Product = "PstMigration";
    private const string PlainSuffix = "plain";
    private const string EncryptedSuffix = "tokens";
    private readonly MsalCacheHelper? _helper;

    private TokenCache(MsalCacheHelper? helper) => _helper = helper;

    /// <summary>The user's own folder; null where there is no place for it.</summary>
    public static string? DefaultFolder => DataFolder.Of("SignIn");

    /// <summary>
    /// Opens the cache and tries whether it can be written, before anybody signs in for nothing.
    /// </summary>
    /// <exception cref="MailboxException">TokenCacheUnavailable: the system offers no protection; TokenCacheExposed: others can read the file.</exception>
    public static async Task<TokenCache> OpenAsync(SignInRequest request, string clientId)
    {
        TokenCacheKind? wanted = request.Cache;
        if (wanted == TokenCacheKind.None)
        {
            return new TokenCache(null);
        }

        string folder = request.CacheFolder ?? DefaultFolder
            ?? throw new MailboxException(SignInErrorIds.TokenCacheUnavailable, MailboxException.Format(Strings.TokenCacheUnavailable, "HOME"));
        string plain = NameOf(clientId, request.Cloud, TokenCacheKind.Plain);
        // Whoever chose the plain file once is not asked again.
        TokenCacheKind kind = wanted ?? (File.Exists(Path.Combine(folder, plain)) ? TokenCacheKind.Plain : TokenCacheKind.Encrypted);
        try
        {
            OwnerOnlyFolder.Ensure(folder);
            string file = Path.Combine(folder, NameOf(clientId, request.Cloud, kind));
            if (kind == TokenCacheKind.Plain && File.Exists(file) && OwnerOnlyFile.IsExposed(file))
            {
                throw new MailboxException(SignInErrorIds.TokenCacheExposed, MailboxException.Format(Strings.TokenCacheExposed, file));
            }

            MsalCacheHelper helper = await MsalCacheHelper.CreateAsync(Describe(folder, clientId, request.Cloud, kind)).ConfigureAwait(false);
            helper.VerifyPersistence();
            if (IsDamaged(helper))
            {
                request.Show?.Invoke(Strings.TokenCacheDamaged);
            }

            return new TokenCache(helper);
        }
        catch (Exception e) when (e is MsalCachePersistenceException or IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            throw new MailboxException(SignInErrorIds.TokenCacheUnavailable, MailboxException.Format(Strings.TokenCacheUnavailable, Why(e)), e);
        }
    }

    /// <summary>What is kept in a folder: app registration, cloud, and how.</summary>
    public static IEnumerable<(string ClientId, MailboxCloud Cloud, TokenCacheKind Kind)> Kept(string folder)
    {
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            string[] parts = Path.GetFileName(file).Split('.');
            if (parts.Length == 3 && Guid.TryParse(parts[0], out _) && Enum.TryParse(parts[1], out MailboxCloud cloud) && parts[2] is PlainSuffix or EncryptedSuffix)
            {
                yield return (parts[0], cloud, parts[2] == PlainSuffix ? TokenCacheKind.Plain : TokenCacheKind.Encrypted);
            }
        }
    }

    /// <summary>Has an application keep its tokens here.</summary>
    public void Attach(ITokenCache tokens) => _helper?.RegisterCache(tokens);

    /// <summary>
    /// Whether what is kept is none of the library's. It is emptied then: the library would throw it away with an error that repeats its first characters, and the choice of a plain file with it.
    /// </summary>
    private static bool IsDamaged(MsalCacheHelper helper)
    {
        // Under the library's lock: a file that is being written is not damaged.
        byte[] kept = helper.LoadUnencryptedTokenCache();
        if (kept.Length == 0 || IsObject(kept))
        {
            return false;
        }

        helper.SaveUnencryptedTokenCache("{}"u8.ToArray());
        return true;
    }

    private static bool IsObject(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Why the system keeps nothing. Of a library that is missing, its name and not all the places it was looked for.</summary>
    private static string Why(Exception e) => (e.InnerException ?? e) is DllNotFoundException ? "libsecret" : (e.InnerException ?? e).Message;

    private static string NameOf(string clientId, MailboxCloud cloud, TokenCacheKind kind) => string.Join(".", clientId, cloud, kind == TokenCacheKind.Plain ? PlainSuffix : EncryptedSuffix);

    private static StorageCreationProperties Describe(string folder, string clientId, MailboxCloud cloud, TokenCacheKind kind)
    {
        StorageCreationPropertiesBuilder builder = new(NameOf(clientId, cloud, kind), folder);
        if (kind == TokenCacheKind.Plain)
        {
            builder.WithUnprotectedFile();
        }
        else
        {
            builder.WithMacKeyChain(Product, clientId + "." + cloud).WithLinuxKeyring(
                "pstmigration.signin",
                MsalCacheHelper.LinuxKeyRingDefaultCollection,
                Product,
                new KeyValuePair<string, string>("Client", clientId),
                new KeyValuePair<string, string>("Cloud", cloud.ToString()));
        }

        // Another process may be renewing its token: 30 seconds are more than that takes.
        return builder.CustomizeLockRetry(100, 300).Build();
    }
}
