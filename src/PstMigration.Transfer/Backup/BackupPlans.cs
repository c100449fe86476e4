using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>
/// The plans of a user, one JSON file each, in a folder that is its owner's alone. Whoever may change a plan decides what is read with its owner's sign-in and where it is
/// written to: one that others may write to is refused.
/// </summary>
/// <param name="folder">The folder; made when the first plan is. Null for the user's own.</param>
public sealed class BackupPlans(string? folder = null)
{
    private const string Extension = ".backup.json";
    private const long MaximumSize = 1024 * 1024;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder ?? DataFolder.Of("backups") ?? throw new MailDataException(BackupErrorIds.BackupNotFound, Strings.BackupNoFolder));

    /// <summary>How plans and states are written.</summary>
    internal static JsonSerializerOptions Json => s_json;

    /// <summary>The names of all plans.</summary>
    /// <exception cref="MailDataException">The folder cannot be read.</exception>
    public IReadOnlyList<string> List() => Guard(Folder, () => Directory.Exists(Folder)
        ? (IReadOnlyList<string>)[.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(f => Path.GetFileName(f)).Select(n => n.Substring(0, n.Length - Extension.Length)).Where(BackupPlan.IsName).OrderBy(n => n, StringComparer.OrdinalIgnoreCase)]
        : []);

    /// <summary>Whether there is a plan of that name.</summary>
    public bool Contains(string name) => List().Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a plan.</summary>
    /// <exception cref="MailDataException">BackupNotFound, BackupPlanInvalid, BackupPlanNotSafe.</exception>
    public BackupPlan Read(string name)
    {
        string path = PathOf(name ?? throw new ArgumentNullException(nameof(name)));
        if (!BackupPlan.IsName(name) || !File.Exists(path))
        {
            throw new MailDataException(BackupErrorIds.BackupNotFound, LocalText.Format(Strings.BackupNotFound, name));
        }

        if (OwnerOnlyFile.MayOthersWrite(path) || OwnerOnlyFile.MayOthersWrite(Folder))
        {
            throw new MailDataException(BackupErrorIds.BackupPlanNotSafe, LocalText.Format(Strings.BackupPlanNotSafe, path));
        }

        return Guard(path, () =>
        {
            string text = new FileInfo(path).Length <= MaximumSize ? File.ReadAllText(path, Encoding.UTF8) : "";
            try
            {
                BackupPlan? plan = JsonSerializer.Deserialize<BackupPlan>(text, s_json);
                return plan is null ? throw BackupPlanRules.Invalid(name, LocalText.Format(Strings.BackupPlanNoPlan, path), null)
                    : name.Equals(plan.Name, StringComparison.OrdinalIgnoreCase) ? plan.Validated()
                    : throw BackupPlanRules.Invalid(name, LocalText.Format(Strings.BackupPlanOtherName, plan.Name, path), null);
            }
            catch (JsonException e)
            {
                throw BackupPlanRules.Invalid(name, BackupPlanRules.ProblemOf(path, text, e), e);
            }
        });
    }

    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="replace">Whether it may take the place of another.</param>
    /// <exception cref="MailDataException">BackupExists, BackupPlanInvalid; it cannot be written.</exception>
    public void Write(BackupPlan plan, bool replace)
    {
        plan = (plan ?? throw new ArgumentNullException(nameof(plan))).Validated();
        if (!replace && Contains(plan.Name))
        {
            throw new MailDataException(BackupErrorIds.BackupExists, LocalText.Format(Strings.BackupExists, plan.Name));
        }

        StorageFolder.Ensure(Folder);
        WriteOwn(PathOf(plan.Name), s_utf8.GetBytes(ToJson(plan)));
    }

    /// <summary>The file of a plan as it is, whatever is in it; null where there is none. For <see cref="PutBack"/>.</summary>
    /// <exception cref="MailDataException">It cannot be read.</exception>
    public byte[]? ReadFile(string name) => Guard(PathOf(name), () => File.Exists(PathOf(name)) ? File.ReadAllBytes(PathOf(name)) : null);

    /// <summary>Brings the file of a plan back to what it was; what is noted of its runs stays.</summary>
    /// <param name="name">The plan.</param>
    /// <param name="file">What <see cref="ReadFile"/> gave.</param>
    /// <exception cref="MailDataException">It cannot be written or removed.</exception>
    public void PutBack(string name, byte[]? file) => Guard(PathOf(name), () =>
    {
        if (file is null)
        {
            File.Delete(PathOf(name));
        }
        else
        {
            WriteOwn(PathOf(name), file);
        }

        return true;
    });

    /// <summary>Removes a plan and what is noted of its runs.</summary>
    public void Remove(string name) => Guard(Folder, () =>
    {
        foreach (string path in new[] { PathOf(name), StatusPathOf(name) })
        {
            File.Delete(path);
        }

        return true;
    });

    /// <summary>A plan as it is written.</summary>
    public static string ToJson(BackupPlan plan) => JsonSerializer.Serialize(plan, s_json) + "\n";

    /// <summary>What is noted of the last runs; an empty one where nothing is.</summary>
    public BackupStatus ReadStatus(string name)
    {
        string path = StatusPathOf(name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<BackupStatus>(File.ReadAllText(path, Encoding.UTF8), s_json) ?? new BackupStatus() : new BackupStatus();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // It says how things were; the backup itself says how they are.
            return new BackupStatus();
        }
    }

    /// <summary>Notes a run, and tells Prometheus where the plan says so.</summary>
    internal void WriteStatus(BackupPlan plan, BackupStatus status)
    {
        StorageFolder.Ensure(Folder);
        WriteOwn(StatusPathOf(plan.Name), s_utf8.GetBytes(JsonSerializer.Serialize(status, s_json) + "\n"));
        if (plan.MetricsFile is string metrics)
        {
            Guard(metrics, () =>
            {
                File.WriteAllText(metrics + AtomicFile.Suffix, BackupMetrics.Write(plan, status), s_utf8);
                AtomicFile.Finish(metrics, replace: true);
                return true;
            });
        }
    }

    /// <summary>The file of a plan.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name + Extension);

    /// <summary>The file that notes the runs of a plan: for monitoring.</summary>
    public string StatusPathOf(string name) => Path.Combine(Folder, name + ".status.json");

    /// <summary>Takes the lock of a plan: one run at a time.</summary>
    /// <exception cref="MailDataException">BackupRunning; or the lock cannot be made.</exception>
    internal FileLock Lock(string name)
    {
        string path = Path.Combine(Folder, name + ".lock");
        try
        {
            return Guard(path, () => FileLock.Take(path));
        }
        catch (MailDataException e) when (FileSharing.IsInUse(e.InnerException!))
        {
            throw new MailDataException(BackupErrorIds.BackupRunning, LocalText.Format(Strings.BackupRunning, name), e);
        }
    }

    // The folder is its owner's alone, and on Windows files have its rights.
    private static void WriteOwn(string path, byte[] content) => Guard(path, () =>
    {
        File.Delete(path + AtomicFile.Suffix);
        OwnerOnlyFile.Ensure(path + AtomicFile.Suffix);
        File.WriteAllBytes(path + AtomicFile.Suffix, content);
        AtomicFile.Finish(path, replace: true);
        return true;
    });

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupFiles.Translate(path, e);
        }
    }
}
