# The Debian package: `./dev package`. What it depends on is computed from the programs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME protoflow)
set(CPACK_PACKAGE_VENDOR protoflow)
set(CPACK_PACKAGE_CONTACT "protoflow <operators@protoflow.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "joint support protocols that no person can fall through")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Graphviz keeps what draws in a folder of its own, where the installed program looks too.
get_filename_component(graphviz_folder ${GRAPHVIZ_CORE} DIRECTORY)
set_target_properties(protoflow-full PROPERTIES INSTALL_RPATH ${graphviz_folder})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${graphviz_folder})
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/runtime/packaging/postinst ${CMAKE_SOURCE_DIR}/runtime/packaging/prerm
  ${CMAKE_SOURCE_DIR}/runtime/packaging/postrm ${CMAKE_SOURCE_DIR}/runtime/packaging/conffiles)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# The configuration that is printed, on the folder that the package makes.
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/package/protoflow.toml
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/package
  COMMAND sh -c "./protoflow config | sed -e '0,/^#data = .*/s||data = \"/var/lib/protoflow\"|' -e 's|^#lines = .*|lines = \"\"|' > package/protoflow.toml"
  WORKING_DIRECTORY ${CMAKE_BINARY_DIR} DEPENDS protoflow protoflow-full VERBATIM)
add_custom_target(package_files DEPENDS ${CMAKE_BINARY_DIR}/package/protoflow.toml)

install(TARGETS protoflow protoflow-full RUNTIME DESTINATION bin)
install(FILES ${CMAKE_BINARY_DIR}/package/protoflow.toml DESTINATION /etc/protoflow)
install(FILES runtime/packaging/protoflow.service DESTINATION /lib/systemd/system)
install(FILES runtime/packaging/protoflow.1 DESTINATION share/man/man1)
install(DIRECTORY protocols DESTINATION share/protoflow)
install(DIRECTORY docs/ DESTINATION share/doc/protoflow)
include(CPack)
