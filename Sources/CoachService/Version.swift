/// The version of the service, as `coach --version` and the `User-Agent` of what it sends tell it.
package let coachVersion = "0.1.0"
